// The table of companies: dossier/plan/registers.py and tabled.py, with their template.

import { BUSINESS, claimsInOrder, placeOf } from "./company.js";
import { OWN_WORDS } from "./dossier.js";
import { letterLinks, letterNav, opening } from "./paging.js";
import { bestReply } from "./standing.js";
import { KIND, LABEL, REGION, REPLY, byName, count, escape, listed, number } from "./words.js";

const MOST_COMPARED = 60;

const finder = (many) => `<form class="finder" aria-label="Narrow the list" hidden>
<div class="finder__row">
<label>Name <input type="search" name="q" autocomplete="off" spellcheck="false"></label>
<label>Place <select name="place"><option value="">Any</option></select></label>
<label>Agency <select name="agency"><option value="">Any</option></select></label>
<label>Label <select name="label"><option value="">Any</option></select></label>
<label>Kind of business <select name="kind"><option value="">Any</option></select></label>
<label>Reply <select name="reply"><option value="">Any</option></select></label>
</div>
<details class="finder__columns"><summary>Columns</summary></details>
<p class="finder__acts"><button type="button">Save what is shown (CSV)</button> <button type="reset">Show all</button></p>
<p class="finder__said" role="status" data-shown="of ${count(many, "company", "companies")} shown" data-sorted="Sorted by:" data-falling="descending"></p>
<p class="finder__note">No order says anything about the companies: how much is on file depends on what sources told.</p>
</form>`;

const times = (items) => {
  const found = {};
  for (const each of items) found[each] = (found[each] ?? 0) + 1;
  return found;
};

const listOf = (items) => (items.length ? `<ul>${items.join("")}</ul>` : "");
const word = (text, shape, key, many) => `<li><span class="label__word label__word--${shape}" data-key="${key}">${text}</span> <span class="label__count">${number(many)}</span></li>`;

function rowOf(dossier, company, up) {
  const claims = claimsInOrder(dossier.claimsOf.get(company.id));
  const kinds = new Set(claims.map(({ kind }) => kind));
  const years = claims.filter((claim) => claim.date).map((claim) => +claim.date.slice(0, 4));
  const [first, last] = [Math.min(...years), Math.max(...years)];
  const { region } = company.headquarters ?? {};
  const [key, place] = company.nexus ? [REGION[region] ?? region ?? "", placeOf(company)] : ["", ""];
  const named = times(claims.filter(({ counterparty }) => counterparty).map(({ counterparty }) => counterparty));
  const agencies = byName(Object.keys(named).map((id) => ({ id, name: dossier.shortName(id) }))).map(
    ({ id, name }) => `<li><a href="${up}../agencies/${id}/index.html" data-key="${id}">${escape(name)}</a> <span class="label__count">${number(named[id])}</span></li>`,
  );
  const standings = times(claims.map((claim) => claim.standing.label));
  const labels = Object.entries(LABEL).filter(([label]) => standings[label]).map(([label, text]) => word(text, label, label, standings[label]));
  const business = Object.keys(BUSINESS).filter((kind) => kinds.has(kind)).map((kind) => `<li data-key="${kind}">${KIND[kind]}</li>`);
  const replies = times(claims.filter((claim) => claim.replies.length).map((claim) => bestReply(claim.replies).status));
  const said = Object.entries(REPLY).filter(([status]) => replies[status]).map(([status, [text, shape]]) => word(text, shape, status, replies[status]));
  const answered = [...OWN_WORDS].reduce((sum, status) => sum + (replies[status] ?? 0), 0);
  const cells = [
    `<th scope="row"><a href="${up}${company.id}/index.html">${escape(company.name)}</a>${company.sector ? ` <span class="companies__what">${escape(company.sector)}</span>` : ""}${company.aliases ? ` <span class="companies__also">Also ${escape(listed(company.aliases))}</span>` : ""}</th>`,
    `<td data-head="Place"${key && ` data-key="${escape(key)}"`}>${escape(place)}</td>`,
    `<td data-head="Agencies named">${listOf(agencies)}</td>`,
    `<td data-head="Claims, by label" data-sort="${claims.length}">${count(claims.length, "claim")} ${listOf(labels)}</td>`,
    `<td data-head="Kinds of business">${listOf(business)}</td>`,
    `<td data-head="Years of the claims"${years.length ? ` data-sort="${first}">${first === last ? first : `${first}–${last}`}` : ">"}</td>`,
    `<td data-head="Claims, by reply" data-sort="${answered}">${listOf(said)}</td>`,
  ];
  return `<tr id="${company.id}">${cells.join("")}</tr>`;
}

export function companiesMain(dossier, site, letter) {
  const { lettered, companies } = site;
  const shown = letter ? lettered.get(letter) : site.isLettered ? [] : companies;
  const links = site.isLettered
    ? letterLinks([...lettered.keys()], letter)
    : Object.fromEntries([...lettered].map(([each, [first]]) => [each, `#${first.id}`]));
  const up = letter && "../";
  const many = letter ? shown.length : companies.length;
  const lede = `${count(many, "company", "companies")} in alphabetical order. The order says nothing about them.`;
  const rule = letter ? "" : `<p class="checked"><b>When a company is listed.</b> ${escape(dossier.site.inclusion)}</p>`;
  const isCompared = companies.length > 1 && companies.length <= MOST_COMPARED;
  const compare = isCompared ? '<p class="more"><a href="compare/index.html">Two companies side by side</a></p>' : "";
  return `${opening(letter ? `Companies, ${letter}` : "Companies, A to Z", lede, letter && "Companies, A to Z", rule + compare)}
${letterNav(links, " letters-nav")}
${shown.length > 1 ? finder(shown.length) : ""}
${shown.length ? `<table class="companies" data-address="Address" data-file="companies">
<caption class="companies__caption">Withdrawn claims are not counted. An empty cell means that nothing is on file. <a href="${up}../index.html#labels">What the labels mean</a></caption>
<thead data-head="Sort by"><tr><th scope="col" data-column="company">Company</th><th scope="col" data-column="place">Place</th><th scope="col" data-column="agency">Agencies named</th><th scope="col" data-column="label">Claims, by label</th><th scope="col" data-column="kind">Kinds of business</th><th scope="col" data-column="years">Years of the claims</th><th scope="col" data-column="reply">Claims, by reply</th></tr></thead>
<tbody>
${shown.map((company) => rowOf(dossier, company, up)).join("\n")}
</tbody>
</table>` : ""}`;
}
