// The cards of a company, which stand in frames on pages of others: dossier/plan/card.py with its template.

import { sumOf } from "./amounts.js";
import { NO_REPLY, claimsInOrder, labelWord, replyLabel } from "./company.js";
import { foreign } from "./notes.js";
import { AMOUNT_SAYS, LABEL, STATE, date, escape, quoted, textFragment } from "./words.js";

const INTENT = { context: "For context", disputes: "Says otherwise" };
const ORDER = { supports: 0, disputes: 1, context: 2 };
const out = (href, text) => `<a href="${escape(href)}" target="_blank" rel="noopener">${text}</a>`;

// A text without its citations, with links that leave the frame.
const outwards = (parts) => parts.filter((part) => typeof part === "string").join("").replaceAll("<a href=", '<a target="_blank" rel="noopener" href=');

function sourceLine(dossier, citation, name) {
  const source = dossier.by.sources.get(citation.source);
  const isLive = source.availability !== "dead";
  const href = isLive ? textFragment(source.url, citation.quote) : `../../../sources/${source.id}/index.html`;
  const says = [INTENT[citation.intent], STATE[source.availability]].filter(Boolean).map((said) => ` · ${said}`).join("");
  return `${out(href, escape(name))}${citation.locator ? `, ${escape(citation.locator)}` : ""}${says}`;
}

function sourcesOf(dossier, claim) {
  const first = new Map();
  const rank = ({ intent }) => (intent === "supports" ? 0 : 1);
  for (const each of [...claim.citations].sort((a, b) => rank(a) - rank(b))) if (!first.has(each.source)) first.set(each.source, each);
  const names = dossier.toldApart([...first.keys()].map((id) => dossier.by.sources.get(id)));
  return [...first.values()].map((each, at) => `<li>${sourceLine(dossier, each, names[at])}</li>`).join("\n");
}

function quote(dossier, citation) {
  const source = dossier.by.sources.get(citation.source);
  const lang = foreign(source);
  const translation = lang && citation.translation?.en;
  return `<figure>
<blockquote class="card__statement"${lang}><p>${escape(quoted(citation.quote, source.language))}</p></blockquote>
${translation ? `<p class="card__note">Our translation: ${escape(quoted(translation, "en"))}</p>` : ""}
<figcaption class="card__note">${sourceLine(dossier, citation, dossier.dated(source))}</figcaption>
</figure>`;
}

function reply(dossier, company, response) {
  const when = NO_REPLY.has(response.status) ? "" : `, ${date(response.date)}`;
  const intent = (each) => ORDER[each.intent ?? "supports"];
  const quotes = [...(response.citations ?? [])].sort((a, b) => intent(a) - intent(b)).map((each) => quote(dossier, each));
  return `<section class="card__side">
<h3>Reply by ${escape(company.name)}${when}</h3>
${replyLabel(response)}
${response.prose ? `<div class="card__statement">${outwards(response.prose)}</div>` : ""}
${quotes.join("\n")}${response.status === "invited" ? `<div class="card__note"><b>Invited ${date(response.date)}.</b> </div>` : ""}
</section>`;
}

function card(dossier, company, claim) {
  const { id, standing } = claim;
  const entity = claim.party && company.legal_entities.find((each) => each.id === claim.party);
  let notes = entity ? `<div class="card__note"><b>Party to it.</b> ${escape(entity.name.replace(/\.$/, ""))}.</div>\n` : "";
  if (claim.prose) notes += `<div class="card__note"><b>Editors’ note.</b> ${outwards(claim.prose)}</div>\n`;
  return `<article class="card" id="${id}" aria-labelledby="${id}_h">
<div class="card__sides">
<div class="card__side">
<h2 id="${id}_h">${escape(claim.heading)}</h2>
<p class="label">${labelWord(LABEL[standing.label], standing.label)} <span class="label__count">${dossier.labelCount(claim)}</span></p>
<p class="card__statement">${escape(claim.statement)}</p>
${claim.amount ? `<p class="card__note"><b>${sumOf(claim.amount)}</b>, ${AMOUNT_SAYS[claim.amount.kind]}</p>` : ""}
<p class="card__note" id="${id}_s"><b>Sources</b></p>
<ul class="card__sources" aria-labelledby="${id}_s">
${sourcesOf(dossier, claim)}
</ul>
</div>
<div class="card__answer">
${claim.replies.map((each) => reply(dossier, company, each)).join("\n")}
</div>
</div>
${notes}<p class="card__foot">${out(`../index.html#${id}`, "With its quotes and how the label comes about")}${claim.verified ? ` · Checked ${date(claim.verified)}` : ""}</p>
</article>`;
}

export function cardPage(dossier, company) {
  const { site } = dossier;
  const name = escape(company.name);
  const articles = claimsInOrder(dossier.claimsOf.get(company.id)).map((claim) => card(dossier, company, claim));
  return `<!DOCTYPE html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;self&#39;; form-action &#39;none&#39;; base-uri &#39;none&#39;">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${name}: claims and replies – ${escape(site.title)}</title>
<link rel="stylesheet" href="../../../assets/site.css">
<link rel="canonical" href="${site.base_url}companies/${company.id}/">
</head>
<body class="cards">
<header class="cards__site"><p>${out("../../../index.html", escape(site.title))}</p></header>
<main id="content">
<h1>${name}</h1>
<p class="cards__all">All claims about ${name} in this dossier. If the one that was to stand here alone is not among them, it is no longer made about this company. ${out("../index.html", "What the dossier says now")}</p>
${articles.join("\n")}
</main>
<footer class="cards__site"><p>Published by ${escape(site.publisher)}. Licence: ${escape(site.licence)}. ${out("../index.html#answer", "Answer or correct")}</p></footer>
</body>
</html>
`;
}
