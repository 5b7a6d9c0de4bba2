// The page of an agency: dossier/plan/agencies.py with its template.

import { HATCH, KEY, amountOf, drawn, sumOf } from "./amounts.js";
import { claimsInOrder, factsTable, labelWord } from "./company.js";
import { FOLLOW } from "./frame.js";
import { MOST } from "./paging.js";
import { SIDE_OF, bySide, item, labelSaid, silent, standing, wordsLink } from "./standing.js";
import { COUNTRY, KIND, LABEL, byName, count, date, escape } from "./words.js";

export function labelOf(dossier, claim) {
  const { label } = claim.standing;
  return `${labelWord(LABEL[label], label)} <span class="label__count">${dossier.labelCount(claim)}</span>`;
}

function standingOf(dossier, claims) {
  if (!claims.length) return "";
  const sides = bySide();
  const quiet = new Map();
  for (const claim of claims) {
    const company = dossier.by.companies.get(claim.company);
    const href = `../../companies/${company.id}/index.html`;
    sides[SIDE_OF[claim.standing.label]].push(item(`${href}#${claim.id}`, `${company.name}: ${claim.heading}`, labelSaid(dossier, claim)));
    if (claim.isAnswerable && !claim.hasWords) quiet.set(company, (quiet.get(company) ?? 0) + 1);
  }
  const numbers = Object.fromEntries(Object.entries(sides).map(([side, found]) => [side, found.length]));
  const companies = byName([...quiet.keys()]).map((each) => item(`../../companies/${each.id}/index.html`, each.name, count(quiet.get(each), "claim")));
  const unanswered = [...quiet.values()].reduce((sum, many) => sum + many, 0);
  return standing(
    numbers,
    (side) => [sides[side].slice(0, 2), numbers[side], "#claims"],
    "",
    silent(companies, unanswered, companies.length, "#claims"),
    wordsLink("../../index.html"),
  );
}

// The amounts of claims, company by company in the order of the alphabet.
function amountsOf(dossier, claims) {
  const named = claims.filter(({ amount }) => amount);
  if (!named.length) return "";
  const companies = byName([...new Set(named.map(({ company }) => dossier.by.companies.get(company)))]);
  const mine = companies.flatMap(({ id }) => named.filter(({ company }) => company === id)).slice(0, MOST);
  return `<section class="part" id="amounts" aria-labelledby="amounts_h">
<h2 id="amounts_h">Amounts</h2>
${KEY}
${HATCH}
${drawn(mine.map((claim) => amountOf(dossier, claim, "../../")))}</section>`;
}

export function agencyMain(dossier, agency) {
  const name = escape(agency.name);
  const claims = claimsInOrder(dossier.claimsWith.get(agency.id));
  const link = ({ id, name: other }) => `<a href="../${id}/index.html">${escape(other)}</a>`;
  const facts = [];
  if (agency.abbreviation) facts.push(["Abbreviation", escape(agency.abbreviation)]);
  const parent = agency.parent && dossier.by.agencies.get(agency.parent);
  if (parent) facts.push(["Part of", link(parent)]);
  if (agency.country) facts.push(["Country", COUNTRY[agency.country]]);
  const below = dossier.below.get(agency.id) ?? [];
  const rows = claims.map((claim) => {
    const company = dossier.by.companies.get(claim.company);
    const sum = claim.amount ? sumOf(claim.amount) : "";
    return `<tr><th scope="row"><a href="../../companies/${company.id}/index.html#${claim.id}">${escape(`${company.name}: ${claim.heading}`)}</a></th><td>${KIND[claim.kind]}</td><td>${date(claim.date)}</td><td>${sum}</td><td class="rows__label">${labelOf(dossier, claim)}</td></tr>`;
  });
  return `<div class="ledger opening">
<div>
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Agencies</a> / ${name}</nav>
<h1>${name}</h1>
<p class="checked">Named as the other side in ${count(claims.length, "claim")}; involved in 0 events.</p>
${below.length ? `<p class="checked">Part of it: ${below.map(link).join("; ")}</p>` : ""}
${facts.length ? `<div class="onfile">${factsTable(facts)}</div>` : ""}
${FOLLOW}
</div>
<div>${standingOf(dossier, claims)}</div>
</div>
${rows.length ? `<section class="part" id="claims" aria-labelledby="claims_h">
<h2 id="claims_h">Claims</h2>
<table class="rows rows--agency">
<caption><span class="aside-voice">Claims that name this agency as the other side</span></caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Kind</th><th scope="col">Date</th><th scope="col">Amount</th><th scope="col">Label</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>` : ""}
${amountsOf(dossier, claims)}`;
}
