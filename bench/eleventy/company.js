// The page of a company: dossier/plan/companies.py, claims.py, amounts.py and days.py, with their templates.

import { FOLLOW } from "./frame.js";
import { Notes } from "./notes.js";
import { originLines } from "./origins.js";
import { report } from "./report.js";
import {
  AMOUNT, AMOUNT_SAYS, AMOUNT_SHAPE, CURRENCY, KIND, LABEL, LABEL_SAYS, MODE, NEXUS, POSITION, REGION, RELATION, REPLY,
  count, date, earliest, escape, fixed, latest, listed, money, number, round,
} from "./words.js";

export const OWN_WORDS = new Set(["responded", "declined"]);
const NO_REPLY = new Set(["none-found", "not-asked", "invited"]);
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

const wordsQuoted = (citations = []) =>
  citations.reduce((sum, each) => sum + (each.quote ? each.quote.trim().split(/\s+/).length : 0), 0);

function why(dossier, claim) {
  const { standing } = claim;
  const word = LABEL[standing.label];
  const origins = originLines(dossier, standing);
  const through = new Set(standing.origins.flatMap((origin) => origin.through));
  const lost = [...new Set(claim.supports.map((each) => each.source))].filter((id) => !through.has(id)).length;
  return `<details class="why">
<summary class="label">${labelWord(word, standing.label)} <span class="label__count">${dossier.labelCount(claim)}</span> <span class="why__open">Why?</span></summary>
<div class="why__body">
<p><b>${word}.</b> ${LABEL_SAYS[standing.label]}. ${MODE[claim.mode]}.</p>
${origins.length ? `<p>An origin is where the information first came from, when every link is followed to its end:</p>
<ol class="why__origins">
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
  const sum = (amount.approximate === "true" ? "about " : "") + money(amount.value, amount.currency);
  return `<p class="amount"><b>${sum}</b>, ${AMOUNT_SAYS[amount.kind]}</p>`;
}

function claimArticle(notes, company, claim, position, total) {
  const { dossier } = notes;
  const { id } = claim;
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
  const answered = claim.replies.reduce((sum, each) => sum + wordsQuoted(each.citations), 0);
  return `<article class="claim" id="${id}" data-claim="${id}" aria-labelledby="${id}_h">
<div class="ledger">
<div class="claim__side">
<h3 id="${id}_h">${heading}</h3>
${why(dossier, claim)}
<p class="claim__statement">${escape(claim.statement)}</p>
${amountLine(claim)}
${quotes}${remarks}</div>
<div class="claim__side claim__side--answer">
${replies}</div>
</div>
<div class="claim__foot">
<p>Claim ${position} of ${total}</p><p>Words quoted: ${wordsQuoted(claim.citations)} for the claim, ${answered} in the reply</p>${claim.verified ? `<p>Checked ${date(claim.verified)}</p>` : ""}
<p><a href="#${id}">Permanent link<span class="aside-voice">: ${heading}</span></a></p>
<p><a href="#answer">Challenge or answer this<span class="aside-voice">: ${heading}</span></a></p>
${report(dossier.site, id, `companies/${company.id}/#${id}`, claim.statement, claim.statement, heading)}
</div>
</article>
`;
}

function amounts(notes, claims) {
  const byCurrency = new Map();
  for (const claim of claims) {
    if (!claim.amount) continue;
    if (!byCurrency.has(claim.amount.currency)) byCurrency.set(claim.amount.currency, []);
    byCurrency.get(claim.amount.currency).push(claim);
  }
  const currencies = [...byCurrency].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return currencies.map(([currency, mine]) => {
    mine.sort((a, b) => b.amount.value - a.amount.value || (a.id < b.id ? -1 : 1));
    const largest = Math.max(+mine[0].amount.value, 1);
    const rows = mine.map((claim) => {
      const { value, kind, approximate } = claim.amount;
      const share = +value / largest;
      const sum = (approximate === "true" ? "about " : "") + money(value, currency);
      const says = `${AMOUNT_SHAPE[kind]}, ${Math.max(1, round(share * 100))} hundredths of the scale`;
      const width = `${fixed(Math.max(share * 99, 0.6), 1)}%`;
      return `<tr><th scope="row" class="amounts__sum">${sum}</th><td class="amounts__kind">${AMOUNT[kind]}</td><td class="amounts__bar"><svg class="bar" role="img" aria-label="${says}"><rect class="bar__${kind}" x="1" y="1" width="${width}" height="13"/></svg></td><td><a href="#${claim.id}">${escape(claim.heading)}</a>${notes.cites(claim.supports.slice(0, 1), { afterLink: true })}</td></tr>`;
    });
    return `<table class="amounts">
<caption>Amounts in ${CURRENCY[currency]}, each with its kind</caption>
<thead><tr><th scope="col">Amount</th><th scope="col">Kind</th><th scope="col">Drawn to one scale</th><th scope="col">For what</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
`;
  }).join("");
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

const percent = (part, whole) => `${fixed((100 * part) / whole, 2)}%`;

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
  let ticks = "";
  for (let year = 0; year < years; year += Math.floor(years / 8) || 1) {
    const x = percent(year * 12, months);
    ticks += `<line class="strip__year" x1="${x}" x2="${x}" y1="0" y2="${height - 14}"/><text x="${x}" dx="4" y="${height - 2}" aria-hidden="true">${first + year}</text>\n`;
  }
  const marks = placed.map((each) => {
    const shape = each.answer ? "strip__answer" : each.span > 1 ? "strip__vague" : "strip__mark";
    const y = each.answer ? line + 3 + each.height * step : line - 3 - mark - each.height * step;
    return `<rect class="${shape}" x="${percent(each.month, months)}" y="${y}" width="${percent(each.span * 0.8, months)}" height="${mark}"/>`;
  });
  const answers = entries.filter((entry) => entry.answer).length;
  const says = `Dated entries by month, ${first} to ${last}: ${count(entries.length, "entry", "entries")}, of which ${number(answers)} ${answers === 1 ? "is an answer" : "are answers"}. All are in the list below.`;
  return `<figure class="strip">
<svg role="img" aria-label="${says}" height="${height}">
${ticks}<line x1="0" x2="100%" y1="${line}" y2="${line}"/>
${marks.join("\n")}
</svg>
<figcaption>One mark is one dated entry of the list below, stacked by month. Above the line: what was done or reported. Below, hollow: what a company answered. A mark as wide as a year is known only by its year.</figcaption>
</figure>`;
}

// An entry of a list of days. `href` leads to a claim.
export function day({ record, date: when, answer }, title, href, said = "") {
  const group = answer ? "reply" : "claim";
  return `<li class="days__item days__item--${group}"><time datetime="${when}">${date(when)}</time><div${answer ? ' class="days__answer"' : ""}><span class="mode">${answer ? "Reply" : KIND[record.kind]}</span> <a href="${href}">${escape(title)}</a>${said ? `<div class="days__words">${said}</div>` : ""}</div></li>\n`;
}

export function answered(dossier, response) {
  return dossier.claimsOf.get(response.company).find((claim) => claim.reply.includes(response.id));
}

export function companyMain(dossier, company) {
  const notes = new Notes(dossier, "../../");
  const name = escape(company.name);
  const claims = claimsInOrder(dossier.claimsOf.get(company.id));
  const summary = company.prose ? `<div class="lede">${notes.words(company.prose)}</div>` : "";
  const factsHtml = facts(notes, company);
  const articles = claims.map((claim, index) => claimArticle(notes, company, claim, index + 1, claims.length)).join("");
  const amountsHtml = amounts(notes, claims);
  const entries = dated(dossier.claimsOf.get(company.id), dossier.responsesOf.get(company.id));
  const days = entries.map((entry) => {
    if (!entry.answer) return day(entry, entry.record.heading, `#${entry.record.id}`);
    const said = entry.record.prose ? notes.words(entry.record.prose) : "";
    return day(entry, `${company.name} answers`, `#${answered(dossier, entry.record).id}`, said);
  }).join("");
  const unknown = company.unknownProse.map((each) => `<li>${notes.words(each)}</li>\n`).join("");
  const verified = claims.reduce((found, claim) => (claim.verified > found ? claim.verified : found), "");
  const { said, answered: many } = tally(claims);
  return `<div class="ledger opening">
<div>
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Companies</a> / ${name}</nav>
<h1>${name}</h1>
${summary}
<p class="checked">${said} The company’s words stand beside ${number(many)} of them.<br>${verified ? `Checked ${date(verified)}.` : ""} No correction so far. The history of this dossier is not part of this build.</p>
${FOLLOW}
</div>
<div>
${factsHtml}
</div>
</div>
<nav class="parts" aria-label="On this page">
<ul class="links">
<li><a href="#claims">Claims and replies</a></li>
${amountsHtml && '<li><a href="#amounts">Amounts</a></li>'}
${days && '<li><a href="#timeline">Timeline</a></li>'}
${unknown && '<li><a href="#unknown">Not known</a></li>'}
<li><a href="#answer">Answer or correct</a></li>
<li><a href="#references">References</a></li>
</ul>
</nav>
<section class="part" id="claims" aria-labelledby="claims_h">
<h2 id="claims_h">Claims and replies</h2>
<p class="part__intro">On the left, what is said and by whom. On the right, what the company answers. Matters that still hold first, then the latest. Quotes stay in their language; translations are ours.</p>
${articles}</section>
${amountsHtml && `<section class="part" id="amounts" aria-labelledby="amounts_h">
<h2 id="amounts_h">Amounts</h2>
<p class="part__intro">An empty outline is a ceiling; a solid bar is money committed; a dotted outline is a figure whose kind the source leaves unclear. Kinds are never added together.</p>
<svg class="hatch" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch_" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" x2="0" y1="0" y2="5" stroke="currentColor" stroke-width="3"/></pattern></defs></svg>
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
