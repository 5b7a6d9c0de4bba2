// The page on which the site lists its own weak points: dossier/plan/weak.py, weak_lines.py and weak_points.py.
// No quote of a corpus was looked for in a copy, and every claim is checked and has its copies: these are counted only.

import { answered } from "./company.js";
import { foreign } from "./notes.js";
import { MOST, letterNav, letterOf, opening, partOf } from "./paging.js";
import { LABEL, count, date, escape, latest, number } from "./words.js";

const DAYS = 180;
const MOST_ITEMS = 30;
const LEDE =
  "Where this dossier is thin, by its own count. A weak point is no finding about a company: it says where another source, a copy, a check or an answer would help.";
const HEADINGS = {
  falls: "Claims that rest on one source",
  shares: "Claims that cite one publisher",
  copies: "Claims without an archived copy",
  quotes: "Quotes not verified",
  answers: "Questions without an answer",
  checks: "Claims not checked lately",
};
const MEANS = {
  falls:
    "A source may be retracted, or found wrong, with all that rests on it. These claims would then have to be withdrawn, or would read otherwise. A source of another origin beside it mends that.",
  shares: "The more claims cite one publisher, the more of them one mistake would reach.",
  copies: "Pages move, change and vanish. The words quoted here stay, but nobody could look them up where they stood.",
  quotes:
    "A quote is verified when a stored copy of its page has it word for word. The others rest on the care of those who typed and read them.",
  answers:
    "The editors asked the company, or a source says that it asked and had no answer. Silence says neither yes nor no; an answer is printed beside the claim whenever it comes.",
  checks: "What a source said then may have been corrected since, or be over.",
};

const claimOf = (claim) => `companies/${claim.company}/index.html#${claim.id}`;

// Rows as data: addresses lead from the root, until a page says how far above it stands.
function fallsOf(dossier, makers, loses, changes) {
  const rows = [];
  for (const { name, place, sources } of makers) {
    for (const source of sources) {
      const falls = (dossier.falls.get(source.id) ?? []).filter(
        ({ claim, without, loses: isLost }) => isLost || without.label !== claim.standing.label,
      );
      if (!falls.length) continue;
      const lost = falls.filter((fall) => fall.loses);
      for (const { claim } of lost) loses.add(claim.id);
      const items = [...lost, ...falls.filter((fall) => !fall.loses)].map(({ claim, without, loses: isLost }) => {
        if (!isLost) changes.add(claim.id);
        const company = dossier.by.companies.get(claim.company).name;
        return [claimOf(claim), `${company}: ${claim.heading}`, isLost ? "" : `Would read: ${LABEL[without.label]}`];
      });
      const by = dossier.dated(source) + (source.read === "none" ? " · original, not read" : "");
      const says = lost.length
        ? `Without it, ${count(lost.length, "claim")} would have no origin left.`
        : "";
      const key = `${place}\u0001${name}\u0001${source.id}`;
      const head = [`sources/${source.id}/index.html`, source.title, foreign(source)];
      rows.push({ letter: letterOf(name), lost: lost.length, many: falls.length, key, head, by, says, items });
    }
  }
  return rows.sort((a, b) => b.lost - a.lost || b.many - a.many || (a.key < b.key ? -1 : 1));
}

function askedOf(dossier, companies) {
  const rows = [];
  for (const company of companies) {
    const asked = dossier.responsesOf.get(company.id).filter(({ status }) => status === "invited" || status === "no-response");
    if (!asked.length) continue;
    const dated = asked.map((each) => [`${latest(each.date)} ${each.id}`, each]).sort(([a], [b]) => (a < b ? -1 : 1));
    const items = dated.map(([, response]) => {
      const claim = answered(dossier, response);
      const where = claim ? [claimOf(claim), claim.heading] : [`companies/${company.id}/index.html`, company.name];
      return [...where, askedWhen(dossier, response)];
    });
    const head = [`companies/${company.id}/index.html`, company.name, ""];
    rows.push({ letter: letterOf(company.name), head, by: "", says: "", items });
  }
  return rows;
}

function askedWhen(dossier, { status, date: when, deadline }) {
  if (status === "no-response") return `No answer, ${date(when)}`;
  if (!deadline) return `Invited ${date(when)}`;
  const due = latest(deadline) < dossier.today ? "an answer was due by" : "an answer is due by";
  return `Invited ${date(when)}; ${due} ${date(deadline)}`;
}

// What is weak, once a build. `companies` and `makers` stand in alphabetical order.
export function weakPoints(dossier, companies, makers) {
  const loses = new Set();
  const changes = new Set();
  const falls = fallsOf(dossier, makers, loses, changes);
  const answers = askedOf(dossier, companies);
  for (const id of loses) changes.delete(id);
  const since = new Date(Date.parse(dossier.today) - DAYS * 86_400_000).toISOString().slice(0, 10);
  let quotes = 0;
  for (const links of dossier.backlinks.values()) {
    const mine = new Set();
    for (const link of links.values()) for (const words of link.quotes) mine.add(words);
    quotes += mine.size;
  }
  const found = {
    loses,
    changes,
    quotes,
    falls,
    answers,
    asked: answers.reduce((sum, { items }) => sum + items.length, 0),
    uncopied: dossier.claims.filter(({ supports }) => !supports.some(({ source }) => dossier.by.sources.get(source).archives)).length,
    unchecked: dossier.claims.filter(({ verified }) => !verified || latest(verified) < since).length,
    most: makers.reduce((a, b) => (!a || b.claims.size > a.claims.size || (b.claims.size === a.claims.size && b.name < a.name) ? b : a), undefined),
    claims: dossier.claims.length,
    letters: new Map(),
    pages: [],
  };
  if (falls.length + answers.length > MOST) {
    const kinds = { falls, answers };
    for (const [kind, rows] of Object.entries(kinds)) {
      for (const row of rows) {
        if (!found.letters.has(row.letter)) found.letters.set(row.letter, []);
        found.letters.get(row.letter).push([kind, row]);
      }
    }
    for (const letter of [...found.letters.keys()].sort()) {
      const parts = Math.ceil(found.letters.get(letter).length / MOST);
      for (let part = 1; part <= parts; part += 1) found.pages.push(part > 1 ? `${letter}/${part}` : letter);
    }
  }
  return found;
}

function numbers(weak) {
  const [lost, changed] = [weak.loses.size, weak.changes.size];
  let falls = `${count(lost, "claim")} would lose ${lost === 1 ? "its" : "their"} last origin if one source fell.`;
  if (changed) falls += ` ${number(changed)} more would get another label.`;
  const { most, quotes, asked, uncopied, unchecked } = weak;
  return {
    falls: [lost + changed, falls, "No claim would fall with one source."],
    ...(most?.claims.size && { shares: [most.claims.size, `The publisher cited most is ${escape(most.name)}: ${count(most.claims.size, "claim")} of ${number(weak.claims)}.`] }),
    copies: [uncopied, `${count(uncopied, "claim")} cite${uncopied === 1 ? "s" : ""} no source with an archived copy.`, "Every claim cites a source with an archived copy."],
    quotes: [quotes, `${count(quotes, "quote")} ${quotes === 1 ? "was not found in a stored copy of its page." : "were not found in a stored copy of their page."}`, "Every quote was found in a stored copy of its page."],
    answers: [asked, `${count(asked, "question")} ${asked === 1 ? "has" : "have"} no answer on file.`, "No question is without an answer on file."],
    checks: [unchecked, `${count(unchecked, "claim")} ${unchecked === 1 ? "was" : "were"} not checked in the last 180 days.`, "Every claim was checked in the last 180 days."],
  };
}

function rowOf(row, root) {
  const [href, text, lang] = row.head;
  const more = row.items.length - MOST_ITEMS;
  const items = row.items.slice(0, MOST_ITEMS).map(
    ([to, title, says]) => `<li><a href="${root}${to}">${escape(title)}</a>${says && ` <span class="label__count">${says}</span>`}</li>`,
  );
  if (more > 0) items.push(`<li class="label__count">${number(more)} more on its own page</li>`);
  return `<section class="weak">
<div>
<h3><a href="${root}${href}"${lang}>${escape(text)}</a></h3>
${row.by && `<p class="publisher__note">${escape(row.by)}</p>`}
${row.says && `<p class="publisher__note">${row.says}</p>`}
</div>
<ul class="weak__items">
${items.join("\n")}
</ul>
</section>`;
}

function partMain(anchor, intro, rows, root) {
  return `<section class="part" id="${anchor}" aria-labelledby="${anchor}_h">
<h2 id="${anchor}_h">${HEADINGS[anchor]}</h2>
${intro}
${rows.map((row) => rowOf(row, root)).join("\n")}
</section>`;
}

// All weak points with their numbers, or those of one page of a letter: "T", "T/2".
export function weakMain(_dossier, weak, name) {
  const [letter, part = "1"] = name.split("/");
  const firsts = weak.pages.filter((each) => !each.includes("/"));
  const root = name.includes("/") ? "../../../" : name ? "../../" : "../";
  const to = (page) => {
    const [at, n] = page.split("/");
    const path = `${partOf(at)}/${n ? `${n}/` : ""}index.html`;
    if (page === name) return "index.html";
    if (!name) return path;
    if (at === letter) return name.includes("/") ? (n ? `../${n}/index.html` : "../index.html") : `${n}/index.html`;
    return name.includes("/") ? `../../${path}` : `../${path}`;
  };
  const nav = firsts.length ? letterNav(Object.fromEntries(firsts.map((each) => [each, to(each)]))) : "";
  if (!name) {
    const told = numbers(weak);
    const contents = Object.entries(told).map(
      ([anchor, [many]]) => `<tr><th scope="row"><a href="#${anchor}">${HEADINGS[anchor]}</a></th><td>${number(many)}</td></tr>`,
    );
    const rows = firsts.length ? {} : weak;
    const parts = Object.entries(told).map(([anchor, [many, says, none]]) => {
      const link = anchor === "shares" ? ' <a href="../sources/index.html#shares_h">Who carries the evidence</a>' : "";
      const intro = `<p class="part__intro"><b>${many ? says : none}</b> ${MEANS[anchor]}${link}</p>`;
      const mine = anchor === "falls" || anchor === "answers" ? (rows[anchor] ?? []) : [];
      return partMain(anchor, intro, mine, root);
    });
    return `${opening("Weak points", LEDE)}
<table class="facts weak__contents">
<caption>Weak points, counted</caption>
<tbody>
${contents.join("\n")}
</tbody>
</table>
${nav}
${parts.join("\n")}`;
  }
  const title = `Weak points, ${name.replace("/", ", ")}`;
  const shown = weak.letters.get(letter).slice((part - 1) * MOST, part * MOST);
  const mine = weak.pages.filter((each) => each.split("/")[0] === letter);
  const pages = mine.map((each, index) => `<li>${each === name ? `<span aria-current="page">${index + 1}</span>` : `<a href="${to(each)}">${index + 1}</a>`}</li>`);
  const parts = ["falls", "answers"].map((kind) => {
    const rows = shown.filter(([of]) => of === kind).map(([, row]) => row);
    return rows.length ? partMain(kind, "", rows, root) : "";
  });
  const above = name.includes("/") ? "../../" : "../";
  return `<div class="opening">
<nav class="trail" aria-label="Breadcrumb"><a href="${above}index.html">Weak points</a> / ${title}</nav>
<h1>${title}</h1>
<p class="lede">${LEDE}</p>
</div>
${nav}
${mine.length > 1 ? `<nav class="parts" aria-label="Pages of this letter">
<ul class="links letters">${pages.join("")}</ul>
</nav>` : ""}
${parts.join("\n")}`;
}
