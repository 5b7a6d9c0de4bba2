// All claims by what stands behind them, and all amounts: dossier/plan/overview.py with its template.

import { labelOf } from "./agency.js";
import { HATCH, KEY, amountOf, drawn } from "./amounts.js";
import { claimsInOrder } from "./company.js";
import { MOST, grouped, letterNav, letterOf, partOf } from "./paging.js";
import { COLUMN, SIDE_OF } from "./standing.js";
import { count, date, escape } from "./words.js";

const TITLE = "Claims by what stands behind them";
const LEDE = "Each claim stands once, under its label; claims that differ are listed again. Companies are in alphabetical order, which says nothing about them.";
const PARTS = {
  supported: COLUMN.supported,
  single: COLUMN.single,
  disputed: ["Disputed", "The company’s reply contradicts it, and no official record is cited for it."],
  amounts: ["Amounts", ""],
};

// Every claim under its side, then every amount, letter by letter; and the pages that hold them.
export function overviewOf(dossier, companies) {
  const letters = new Map();
  const all = { supported: 0, single: 0, disputed: 0, amounts: 0 };
  for (const [letter, mine] of grouped(companies, ({ name }) => letterOf(name))) {
    const found = { supported: [], single: [], disputed: [], amounts: [] };
    for (const { id } of mine) {
      for (const claim of claimsInOrder(dossier.claimsOf.get(id))) {
        found[SIDE_OF[claim.standing.label]].push(claim);
        if (claim.amount) found.amounts.push(claim);
      }
    }
    const rows = Object.entries(found).flatMap(([kind, claims]) => claims.map((claim) => [kind, claim]));
    for (const [kind] of rows) all[kind] += 1;
    letters.set(letter, rows);
  }
  const total = Object.values(all).reduce((sum, many) => sum + many, 0);
  const pages = [];
  for (const letter of total > MOST ? [...letters.keys()].sort() : []) {
    for (let part = 1; part <= Math.ceil(letters.get(letter).length / MOST); part += 1) pages.push(part > 1 ? `${letter}/${part}` : letter);
  }
  return { letters, all, pages };
}

export function overviewMain(dossier, { letters, all, pages }, name) {
  const [letter, part = "1"] = name.split("/");
  const isDeep = name.includes("/");
  const root = isDeep ? "../../../" : name ? "../../" : "../";
  const to = (page) => {
    const [at, n] = page.split("/");
    const path = `${partOf(at)}/${n ? `${n}/` : ""}index.html`;
    if (page === name) return "index.html";
    if (!name) return path;
    if (at === letter) return isDeep ? (n ? `../${n}/index.html` : "../index.html") : `${n}/index.html`;
    return isDeep ? `../../${path}` : `../${path}`;
  };
  const shown = name ? letters.get(letter).slice((part - 1) * MOST, part * MOST) : pages.length ? [] : [...letters.values()].flat();
  const told = grouped(shown, ([kind]) => kind);
  const title = [TITLE, ...name.split("/")].filter(Boolean).join(", ");
  const contents = name ? [] : Object.entries(PARTS).filter(([kind]) => all[kind]).map(([kind, [heading]]) => {
    const said = count(all[kind], kind === "amounts" ? "amount" : "claim");
    return `<tr><th scope="row"${told.has(kind) ? "" : ` id="${kind}_h"`}>${told.has(kind) ? `<a href="#${kind}_h">${heading}</a>` : heading}</th><td>${said}</td></tr>`;
  });
  const firsts = pages.filter((each) => !each.includes("/"));
  const mine = pages.filter((each) => name && each.split("/")[0] === letter);
  const numbers = mine.map((each, at) => `<li>${each === name ? `<span aria-current="page">${at + 1}</span>` : `<a href="${to(each)}">${at + 1}</a>`}</li>`);
  const parts = Object.entries(PARTS).map(([kind, [heading, means]]) => {
    const claims = (told.get(kind) ?? []).map(([, claim]) => claim);
    if (!claims.length) return "";
    if (kind === "amounts") {
      return `<section class="part" aria-labelledby="amounts_h">
<h2 id="amounts_h">Amounts</h2>
${KEY}
${HATCH}
${drawn(claims.map((claim) => amountOf(dossier, claim, root)))}</section>`;
    }
    const rows = claims.map((claim) => {
      const company = dossier.by.companies.get(claim.company);
      return `<tr><th scope="row"><a href="${root}companies/${company.id}/index.html#${claim.id}">${escape(`${company.name}: ${claim.heading}`)}</a></th><td>${date(claim.date)}</td><td class="rows__label">${labelOf(dossier, claim)}</td></tr>`;
    });
    return `<section class="part" aria-labelledby="${kind}_h">
<h2 id="${kind}_h">${heading}</h2>
<p class="part__intro">${means}</p>
<table class="rows rows--sides">
<caption><span class="aside-voice">${heading}</span></caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Date</th><th scope="col">Label</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
  });
  const trail = name && `<nav class="trail" aria-label="Breadcrumb"><a href="${isDeep ? "../../" : "../"}index.html">${TITLE}</a> / ${title}</nav>`;
  return `<div class="opening">
${trail}
<h1>${title}</h1>
<p class="lede">${LEDE}</p>
</div>
${contents.length ? `<table class="facts weak__contents">
<caption>Counted</caption>
<tbody>
${contents.join("\n")}
</tbody>
</table>` : ""}
${firsts.length ? letterNav(Object.fromEntries(firsts.map((each) => [each, to(each)]))) : ""}
${mine.length > 1 ? `<nav class="parts" aria-label="Pages of this letter"><ul class="links letters">${numbers.join("")}</ul></nav>` : ""}
${parts.join("\n")}`;
}
