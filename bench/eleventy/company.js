// The page of a company: dossier/plan/companies.py, claims.py, amounts.py and days.py, with their templates.

import { HATCH, drawn, sumOf } from "./amounts.js";
import { OWN_WORDS } from "./dossier.js";
import { FOLLOW } from "./frame.js";
import { Notes } from "./notes.js";
import { originLines } from "./origins.js";
import { answersSaid, standingOfCompany } from "./standing.js";
import {
  AMOUNT_SAYS, KIND, LABEL, LABEL_SAYS, MODE, NEXUS, POSITION, REGION, RELATION, REPLY, count, date, earliest, escape, fixed,
  latest, listed, number,
} from "./words.js";

const MOST_COMPARED = 60;
export const NO_REPLY = new Set(["none-found", "not-asked", "invited"]);
export const BUSINESS = {
  contract: "contract",
  order: "contract",
  subcontract: "contract",
  service: "service",
  "property-transaction": "property",
  subsidy: "subsidy",
};

const rank = (claim) => (claim.kind === "profile" ? 2 : claim.kind in BUSINESS ? 0 : 1);

export function claimsInOrder(claims) {
  return [...claims].sort((a, b) => {
    if (rank(a) !== rank(b)) return rank(a) - rank(b);
    if (!a.date !== !b.date) return a.date ? -1 : 1;
    const [first, second] = [a.date ? earliest(a.date) : "", b.date ? earliest(b.date) : ""];
    if (first !== second) return first > second ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  });
}

export function placeOf(company) {
  const at = company.headquarters;
  if (!at) return "";
  const region = (!at.country || at.country === "CA" ? REGION[at.region] : undefined) ?? at.region ?? "";
  return [at.city, region].filter(Boolean).join(", ");
}

export function tally(claims) {
  const links = new Set(claims.flatMap((claim) => claim.supports.map((each) => each.source)));
  const origins = new Set(claims.flatMap((claim) => claim.standing.origins.map((each) => each.key)));
  const answered = claims.filter((claim) => claim.replies.some((reply) => OWN_WORDS.has(reply.status))).length;
  return {
    said: `${count(claims.length, "claim")}, from ${count(links.size, "link")} and ${count(origins.size, "origin")}.`,
    answered,
  };
}

export const labelWord = (word, shape) => `<span class="label__word label__word--${shape}">${word}</span>`;

export function replyCount(response) {
  if (response.status === "none-found") return `searched ${date(response.date)}`;
  if (response.status === "invited" && response.deadline) return `answer due ${date(response.deadline)}`;
  return response.status === "responded" ? (POSITION[response.position] ?? "") : "";
}

function facts(notes, company) {
  const rows = [];
  const place = placeOf(company);
  for (const nexus of company.nexus ?? []) {
    rows.push(["Why it is listed", escape(NEXUS[nexus.kind] + place) + notes.cites(nexus.citations)]);
  }
  if (company.sector) rows.push(["Sector", escape(company.sector)]);
  if (company.aliases) rows.push(["Also known as", escape(listed(company.aliases))]);
  for (const entity of company.legal_entities ?? []) {
    rows.push([RELATION[entity.relation], escape(entity.name) + notes.cites(entity.citations ?? [])]);
  }
  for (const fact of company.facts ?? []) {
    const said = notes.words(fact.prose);
    rows.push([escape(fact.label), said + notes.cites(fact.citations, { beside: fact.prose })]);
  }
  if (company.website) {
    const host = company.website.split("://").pop().split("/")[0].replace(/^www\./, "");
    rows.push(["Website", `<a href="${escape(company.website)}">${escape(host)}</a>`]);
  }
  return factsTable(rows);
}

export function factsTable(rows, caption = "What is on file") {
  return `<table class="facts">
<caption>${caption}</caption>
<tbody>
${rows.map(([label, said]) => `<tr><th scope="row">${label}</th><td>${said}</td></tr>`).join("\n")}
</tbody>
</table>`;
}

export const wordsQuoted = (citations = []) =>
  citations.reduce((sum, each) => sum + (each.quote ? each.quote.trim().split(/\s+/).length : 0), 0);

function why(dossier, claim) {
  const { standing } = claim;
  const word = LABEL[standing.label];
  const origins = originLines(dossier, standing);
  const through = new Set(standing.origins.flatMap((origin) => origin.through));
  const lost = [...new Set(claim.supports.map((each) => each.source))].filter((id) => !through.has(id)).length;
  return `<details class="why">
<summary class="label">${labelWord(word, standing.label)} <span class="label__count">${dossier.labelCount(claim)}</span> <span class="why__open">Why?</span></summary>
<div>
<p>${LABEL_SAYS[standing.label]}. ${MODE[claim.mode]}.</p>
${origins.length ? `<ol>
${origins.join("")}</ol>` : ""}
${lost ? `<p>${number(lost)} ${lost === 1 ? "link could not be traced to an origin and counts for none." : "links could not be traced to an origin and count for none."}</p>` : ""}
</div>
</details>`;
}

export function replyLabel(response) {
  const [word, shape] = REPLY[response.status];
  const said = replyCount(response);
  return `<p class="label">${labelWord(word, shape)}${said ? ` <span class="label__count">${said}</span>` : ""}</p>`;
}

export function reply(notes, company, response) {
  const when = NO_REPLY.has(response.status) ? "" : `, ${date(response.date)}`;
  const statement = response.prose ? `<div class="claim__statement">${notes.words(response.prose)}</div>` : "";
  return `<h4>Reply by ${escape(company.name)}${when}</h4>
${replyLabel(response)}
${statement}
${notes.quotes(response.citations ?? [])}${response.status === "invited" ? `<div class="claim__note"><strong>Invited ${date(response.date)}.</strong> </div>` : ""}`;
}

export function amountLine({ amount }) {
  if (!amount) return "";
  return `<p class="amount"><b>${sumOf(amount)}</b>, ${AMOUNT_SAYS[amount.kind]}</p>`;
}

function claimArticle(notes, company, claim, position, total) {
  const { dossier } = notes;
  const { id } = claim;
  const checked = claim.verified ? `Checked ${date(claim.verified)} · ` : "";
  const heading = escape(claim.heading);
  const quotes = notes.quotes(claim.citations);
  let remarks = "";
  const entity = claim.party && company.legal_entities.find((each) => each.id === claim.party);
  if (entity) {
    remarks += `<div class="claim__note"><strong>Party to it.</strong> ${escape(entity.name.replace(/\.$/, ""))}.</div>\n`;
  }
  if (claim.prose) {
    remarks += `<div class="claim__note"><strong>Editors’ note.</strong> ${notes.words(claim.prose)}</div>\n`;
  }
  const replies = claim.replies.map((each) => `<div class="claim__reply">\n${reply(notes, company, each)}</div>\n`).join("");
  return `<article class="claim" id="${id}" data-claim="${id}">
<div class="ledger">
<div class="claim__side">
<h3>${heading}</h3>
${why(dossier, claim)}
<p class="claim__statement">${escape(claim.statement)}</p>
${amountLine(claim)}
${quotes}${remarks}</div>
<div class="claim__side">
${replies}</div>
</div>
<div class="claim__foot"><p>Claim ${position} of ${total} · ${checked}<a href="#${id}" rel="bookmark">Permanent link</a><span> · <a href="cite/index.html#${id}">Cite, embed or correct</a> · <a href="#answer">Challenge or answer this</a></span></p></div>
</article>
`;
}

function amounts(notes, claims) {
  const often = {};
  const named = claims.filter((claim) => claim.amount);
  for (const { amount } of named) often[amount.currency] = (often[amount.currency] ?? 0) + 1;
  const order = ({ amount }) => `${String(9999 - often[amount.currency])} ${amount.currency}`;
  named.sort((a, b) => {
    if (a.amount.currency !== b.amount.currency) return order(a) < order(b) ? -1 : 1;
    return b.amount.value - a.amount.value || (a.id < b.id ? -1 : 1);
  });
  return drawn(named.map((claim) => [
    claim.amount,
    `<a href="#${claim.id}">${escape(claim.heading)}</a>${notes.cites(claim.supports.slice(0, 1), { afterLink: true })}`,
  ]));
}

// Dated claims and answers, in order.
export function dated(claims, responses) {
  const found = claims.filter((claim) => claim.date).map((record) => ({ record, date: record.date, answer: false }));
  for (const record of responses) if (OWN_WORDS.has(record.status)) found.push({ record, date: record.date, answer: true });
  for (const each of found) each.key = `${earliest(each.date)} ${latest(each.date)} `;
  return found.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -1 : 1;
    return a.record.id < b.record.id ? -1 : 1;
  });
}

export const percent = (part, whole) => `${fixed((100 * part) / whole, 2)}%`;

export function strip(entries) {
  if (entries.length < 3) return "";
  const first = +entries[0].date.slice(0, 4);
  const last = Math.max(...entries.map((entry) => +entry.date.slice(0, 4)));
  const years = last - first + 1;
  const months = years * 12;
  const stacks = [new Map(), new Map()];
  const byPrecision = [...entries.filter((e) => e.date.length === 4), ...entries.filter((e) => e.date.length !== 4)];
  const placed = byPrecision.map((entry) => {
    const stack = stacks[+entry.answer];
    const isVague = entry.date.length === 4;
    const month = (+entry.date.slice(0, 4) - first) * 12 + (isVague ? 0 : +entry.date.slice(5, 7) - 1);
    const span = isVague ? 12 : 1;
    const height = stack.get(month) ?? 0;
    for (let each = month; each < month + span; each += 1) stack.set(each, height + 1);
    return { month, height, span, answer: entry.answer };
  });
  const above = Math.max(0, ...stacks[0].values());
  const below = Math.max(0, ...stacks[1].values());
  const step = Math.min(11, Math.max(3, Math.floor(176 / Math.max(above, 1))));
  const mark = Math.min(8, step - 1);
  const line = above * step + 6;
  const height = line + below * step + 26;
  const every = Math.floor(years / 8) || 1;
  const ticks = [];
  const shapes = { strip__year: "" };
  for (let year = 0; year < years; year += every) {
    ticks.push(`<text x="${percent(year * 12, months)}">${first + year}</text>`);
    shapes.strip__year += `M${year * 12} 0v${height - 14}`;
  }
  const piles = new Map();
  for (const each of placed) {
    if (each.answer) {
      const width = `${0.8 * each.span}`.replace(/^0+/, "");
      shapes.strip__answer = `${shapes.strip__answer ?? ""}M${each.month} ${line + 3 + each.height * step}h${width}v${mark}h-${width}z`;
    } else {
      const pile = `${each.span > 1 ? "strip__vague" : "strip__mark"} ${+(each.month + (each.span * 0.8) / 2).toPrecision(6)}`;
      if (!piles.has(pile)) piles.set(pile, []);
      piles.get(pile).push(each.height);
    }
  }
  // Marks that lie on each other are one dashed line.
  for (const [pile, heights] of piles) {
    const [shape, middle] = pile.split(" ");
    const stands = new Set(heights);
    for (const low of heights.sort((a, b) => a - b)) {
      if (stands.has(low - 1)) continue;
      let top = low;
      while (stands.has(top + 1)) top += 1;
      shapes[shape] = `${shapes[shape] ?? ""}M${middle} ${line - 3 - low * step}v-${(top - low) * step + mark}`;
    }
  }
  const paths = Object.entries(shapes).map(([shape, path]) => `<path class="${shape}" d="${path}"/>`);
  const answers = entries.filter((entry) => entry.answer).length;
  const says = `Dated entries by month, ${first} to ${last}: ${count(entries.length, "entry", "entries")}, of which ${number(answers)} ${answers === 1 ? "is an answer" : "are answers"}. All are in the list below.`;
  return `<figure class="strip">
<svg role="img" height="${height}"><title>${says}</title>
<g transform="translate(4 ${height - 2})">
${ticks.join("\n")}
</g>
<svg height="${height}" stroke-dasharray="${mark} ${step - mark}" viewBox="0 0 ${months} ${height}" preserveAspectRatio="none">
${paths.join("\n")}
</svg>
<line x1="0" x2="100%" y1="${line}" y2="${line}"/>
</svg>
<figcaption>One mark is one dated entry of the list below, stacked by month. Above the line: what was done or reported. Below, hollow: what a company answered. A mark as wide as a year is known only by its year.</figcaption>
</figure>`;
}

// An entry of a list of days. `href` leads to a claim. A brief one belongs to no group that could be chosen.
export function day({ record, date: when, answer }, title, href, isBrief = false) {
  const group = isBrief ? "" : ` class="days__item days__item--${answer ? "reply" : "claim"}"`;
  return `<li${group}><time datetime="${when}">${date(when)}</time><div${answer ? ' class="days__answer"' : ""}><span class="mode">${answer ? "Reply" : KIND[record.kind]}</span> <a href="${href}">${escape(title)}</a></div></li>\n`;
}

export function answered(dossier, response) {
  return dossier.claimsOf.get(response.company).find((claim) => claim.reply.includes(response.id));
}

export function companyMain(dossier, company) {
  const notes = new Notes(dossier, "../../", true);
  const name = escape(company.name);
  const claims = claimsInOrder(dossier.claimsOf.get(company.id));
  const summary = company.prose ? `<div class="lede">${notes.words(company.prose)}</div>` : "";
  const factsHtml = facts(notes, company);
  const articles = claims.map((claim, index) => claimArticle(notes, company, claim, index + 1, claims.length)).join("");
  const amountsHtml = amounts(notes, claims);
  const entries = dated(dossier.claimsOf.get(company.id), dossier.responsesOf.get(company.id));
  const days = entries.map((entry) => {
    if (!entry.answer) return day(entry, entry.record.heading, `#${entry.record.id}`, true);
    const claim = answered(dossier, entry.record);
    return day(entry, `${company.name} answers on “${claim.heading}”`, `#${claim.id}`, true);
  }).join("");
  const unknown = company.unknownProse.map((each) => `<li>${notes.words(each)}</li>\n`).join("");
  const verified = claims.reduce((found, claim) => (claim.verified > found ? claim.verified : found), "");
  const { said, answered: many } = tally(claims);
  const isCompared = dossier.companies.length > 1 && dossier.companies.length <= MOST_COMPARED;
  const compare = isCompared ? `<li><a href="../compare/index.html?a=${company.id}">Beside another company</a></li>\n` : "";
  return `<div class="ledger opening">
<div>
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Companies</a> / ${name}</nav>
<h1>${name}</h1>
${summary}
<p class="checked">${said} ${many ? `A reply by the company stands beside ${number(many)} of them.` : "No reply by the company is on file."} ${answersSaid(claims)}<br>${verified ? `Checked ${date(verified)}.` : ""} No correction so far. The history of this dossier is not part of this build.</p>
<p class="checked version">Version ${dossier.version(company)}</p>
${FOLLOW}
</div>
<div>
${standingOfCompany(company, claims)}
</div>
</div>
<div class="part onfile">${factsHtml}</div>
<nav class="parts" aria-label="On this page">
<ul class="links">
<li><a href="#claims">Claims and replies</a></li>
${amountsHtml && '<li><a href="#amounts">Amounts</a></li>'}
${days && '<li><a href="#timeline">Timeline</a></li>'}
${unknown && '<li><a href="#unknown">Not known</a></li>'}
<li><a href="#answer">Answer or correct</a></li>
<li><a href="#references">References</a></li>
${compare}</ul>
</nav>
<section class="part" id="claims" aria-labelledby="claims_h">
<h2 id="claims_h">Claims and replies</h2>
<p class="part__intro">On the left, what is said and by whom. On the right, what the company answers. Matters that still hold first, then the latest. Quotes stay in their language; translations are ours. An origin is where the information first came from, when every link is followed to its end. No quote here is verified: no copy of the quoted pages is kept.</p>
${articles}<p class="copied" role="status" data-copy="Copy link" data-of=": " data-done="Copied to the clipboard" data-failed="The browser did not let it be copied: mark it and copy it by hand"></p>
</section>
${amountsHtml && `<section class="part" id="amounts" aria-labelledby="amounts_h">
<h2 id="amounts_h">Amounts</h2>
<p class="part__intro">An empty outline is a ceiling, never a payment; a solid bar is money committed; a hatched one an estimate; a dotted outline is a figure whose kind the source leaves unclear. Kinds are never added together.</p>
${HATCH}
${amountsHtml}</section>`}
${days && `<section class="part" id="timeline" aria-labelledby="timeline_h">
<h2 id="timeline_h">Timeline</h2>
${strip(entries)}
<ol class="days">
${days}</ol>
</section>`}
${unknown && `<section class="part" id="unknown" aria-labelledby="unknown_h">
<h2 id="unknown_h">What is not known</h2>
<div class="ledger">
<div>
<ul class="prose">
${unknown}</ul>
</div>
<div>
</div>
</div>
</section>`}
<section class="part" id="answer" aria-labelledby="answer_h">
<h2 id="answer_h">Answer or correct</h2>
<div class="prose">
<p>If you speak for ${name}, your reply will stand beside the claim it answers, in the same type, with its date. Anyone may report an error. Name the claim by its permanent link.</p>
<p><a href="${dossier.site.contact}">${dossier.site.contact.replace("mailto:", "")}</a></p>
<p><a href="reply/index.html">All of this on one page, to send to ${name}</a></p>
</div>
</section>
${notes.references()}`;
}
