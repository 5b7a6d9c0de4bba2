// The page of an agency: dossier/plan/agencies.py with its template.

import { claimsInOrder, factsTable, labelWord } from "./company.js";
import { FOLLOW } from "./frame.js";
import { COUNTRY, LABEL, count, date, escape, money } from "./words.js";

export function labelOf(dossier, claim) {
  const { label } = claim.standing;
  return `${labelWord(LABEL[label], label)} <span class="label__count">${dossier.labelCount(claim)}</span>`;
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
    const sum = claim.amount ? money(claim.amount.value, claim.amount.currency) : "";
    return `<tr><th scope="row"><a href="../../companies/${company.id}/index.html#${claim.id}">${escape(`${company.name}: ${claim.heading}`)}</a></th><td>${date(claim.date)}</td><td>${sum}</td><td class="rows__label">${labelOf(dossier, claim)}</td></tr>`;
  });
  return `<div class="ledger opening">
<div>
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Agencies</a> / ${name}</nav>
<h1>${name}</h1>
<p class="checked">Named as the other side in ${count(claims.length, "claim")}; involved in 0 events.</p>
${below.length ? `<p class="checked">Part of it: ${below.map(link).join("; ")}</p>` : ""}
${FOLLOW}
</div>
<div>${facts.length ? factsTable(facts) : ""}</div>
</div>
${rows.length ? `<section class="part" aria-labelledby="claims_h">
<h2 id="claims_h">Claims</h2>
<table class="rows rows--claims">
<caption><span class="aside-voice">Claims that name this agency as the other side</span></caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Date</th><th scope="col">Amount</th><th scope="col">Label</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>` : ""}`;
}
