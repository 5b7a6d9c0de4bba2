// What lists share that outgrow a page: dossier/plan/paging.py, and what stands above every list.

import { sortKey } from "./words.js";

export const MOST = 500;
const ALPHABET = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

export const letterOf = (name) => {
  const first = sortKey(name)[0].toUpperCase();
  return /\p{L}/u.test(first) ? first : "#";
};
export const partOf = (letter) => (letter === "#" ? "0" : letter.toLowerCase());

export function grouped(items, keyOf) {
  const found = new Map();
  for (const item of items) {
    const key = keyOf(item);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(item);
  }
  return found;
}

export const opening = (title, lede, trail = "", more = "") => `<div class="opening">
${trail && `<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">${trail}</a> / ${title}</nav>`}
<h1>${title}</h1>
${lede && `<p class="lede">${lede}</p>`}
${more}
</div>`;

export function letterNav(found, more = "") {
  const items = ALPHABET.map((each) => `<li>${found[each] ? `<a href="${found[each]}">${each}</a>` : `<span>${each}</span>`}</li>`);
  return `<nav class="parts${more}" aria-label="By letter">
<ul class="links letters">${items.join("")}</ul>
</nav>`;
}

export function letterLinks(letters, here) {
  const link = (each) => (!here ? `${partOf(each)}/index.html` : each === here ? "index.html" : `../${partOf(each)}/index.html`);
  return Object.fromEntries(letters.map((each) => [each, link(each)]));
}
