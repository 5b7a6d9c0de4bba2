// What is supported, disputed and not known: dossier/plan/standing.py and columns.py, with their template.

import { LABEL, REPLY, REPLY_COUNT, count, earliest, escape, number } from "./words.js";

export const SIDE_OF = {
  "on-record": "supported",
  acknowledged: "supported",
  corroborated: "supported",
  reported: "single",
  alleged: "single",
  disputed: "disputed",
};
export const COLUMN = {
  supported: ["On record, acknowledged or corroborated", "An official record is cited, the company says so itself, or two origins do. No verdict."],
  single: ["On one origin", "However often it is repeated; or none that could be traced. Neither confirmed nor refuted."],
  disputed: ["Disputed, or told in two ways", "By the company; or where claims here differ. Both sides stand."],
  unknown: ["Not known", "Left open, or looked for and not found. A limit of the search, not a finding."],
};
const MOST = 3;
const LONGEST = 110;

export const bySide = () => ({ supported: [], single: [], disputed: [] });

// Replies from the one that says most.
export const bestReply = (replies) => {
  const order = Object.keys(REPLY);
  const rank = ({ status }) => order.indexOf(status);
  return replies.reduce(
    (a, b) => (!a || rank(b) < rank(a) || (rank(b) === rank(a) && b.id < a.id) ? b : a), undefined,
  );
};

export function answersSaid(claims) {
  const found = {};
  for (const { replies } of claims) {
    const status = bestReply(replies)?.status ?? "none-owed";
    found[status] = (found[status] ?? 0) + 1;
  }
  const told = Object.keys(REPLY_COUNT).filter((status) => found[status]);
  if (!told.length) return "";
  return `Claims by their replies: ${told.map((status) => `${number(found[status])} ${status === "none-owed" && found[status] === 1 ? "that calls for none" : REPLY_COUNT[status]}`).join(", ")}.`;
}

const begun = ({ date }) => (date ? earliest(date) : "");

// What asks for an answer before what is background, the latest first.
export const latestFirst = (claims) => [...claims].sort((a, b) => {
  if (a.isAnswerable !== b.isAnswerable) return a.isAnswerable ? -1 : 1;
  const [first, second] = [begun(a), begun(b)];
  return first === second ? (a.id < b.id ? -1 : 1) : first > second ? -1 : 1;
});

export const item = (href, text, says = "") => `<li><a href="${href}">${escape(text)}</a>${says && ` <span>${says}</span>`}</li>`;

// What is said of a claim by name: its label.
export const labelSaid = (dossier, claim) => `${LABEL[claim.standing.label]}, ${dossier.labelCount(claim)}`;

function stand(said, items, many, href, most = MOST) {
  if (!said || (many === 0 && href)) return "";
  const shown = items.slice(0, most);
  const left = many - shown.length;
  const more = left > 0 && href ? `<p><a href="${href}">${shown.length ? `and ${number(left)} more` : "All of them"}</a></p>` : "";
  return `<p class="standing__count">${said}</p>${shown.length ? `<ul>\n${shown.join("\n")}\n</ul>` : ""}${more}`;
}

export const onRecord = (items, many, href) => stand(`${number(many)} on record, disputed by the company all the same`, items, many, href);
export const silent = (items, claims, companies, href) =>
  stand(claims ? `${count(claims, "claim")} with no reply on file` : "", items, companies, href);
export const quiet = (items, many, href) => stand(`${count(many, "company", "companies")} with no reply on file`, items, many, href);
export const questions = (items, many, href, most) => stand(count(many, "open question"), items, many, href, most);

// The four columns: `named` gives the first claims of a side and where all of them stand.
export function standing(numbers, named, otherwise, unknown, words) {
  const of = (side, said) => stand(said, ...named(side));
  const stands = {
    supported: of("supported", count(numbers.supported, "claim")),
    single: of("single", count(numbers.single, "claim")),
    disputed: of("disputed", `${number(numbers.disputed)} disputed by the company`) + otherwise,
    unknown,
  };
  const columns = Object.entries(COLUMN).map(([side, [heading, means]]) => `<div>
<h3>${heading}</h3>
<p class="standing__means">${means}</p>
${stands[side] || '<p class="standing__count">None on file</p>'}
</div>`);
  return `<section class="part standing" id="standing" aria-labelledby="standing_h">
<h2 id="standing_h">What stands behind the claims, and what is not known</h2>
<div class="standing__sides">
${columns.join("\n")}
</div>
<p class="more">${words}</p>
</section>`;
}

export const wordsLink = (root) => `<a href="${root}#labels">What the words mean</a>`;

// The first sentence of what is not known, without its notes.
export function question(parts) {
  const texts = parts.filter((part) => typeof part === "string").map((part) => part.replace(/<[^>]*>/g, ""));
  const said = texts.find((text) => text.trim())?.trim() ?? "";
  const stop = /[.?!](?=[»”]?\s+[A-ZÀ-Ý«“])|\s?:(?=\s)/.exec(said);
  const sentence = stop ? said.slice(0, stop.index) : said;
  if (sentence.length > LONGEST) return `${sentence.slice(0, LONGEST).replace(/ [^ ]*$/, "").replace(/[.,;]+$/, "")} …`;
  return sentence.replace(/[.,;]+$/, "");
}

export function standingOfCompany(company, claims) {
  const sides = bySide();
  const also = [];
  for (const claim of latestFirst(claims)) {
    const made = item(`#${claim.id}`, claim.heading);
    sides[SIDE_OF[claim.standing.label]].push(made);
    if (claim.standing.disputedOnRecord) also.push(made);
  }
  const unanswered = claims.filter((claim) => claim.isAnswerable && !claim.hasWords).length;
  const asked = company.unknownProse.map((each) => `<li><a href="#unknown">${question(each)}</a></li>`);
  const numbers = Object.fromEntries(Object.entries(sides).map(([side, found]) => [side, found.length]));
  return standing(
    numbers,
    (side) => [sides[side], numbers[side], "#claims"],
    onRecord(also, also.length, "#claims"),
    questions(asked, asked.length, "#unknown", 2) + silent([], unanswered, 0, ""),
    wordsLink("../../index.html"),
  );
}
