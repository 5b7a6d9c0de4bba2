// The pages of the whole site: home, lists (on one page, or a page a letter, year or month), prose.
// dossier/plan/home.py, registers.py, dated.py, paging.py and hand_in.py, with their templates.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { moneyTable } from "./amounts.js";
import { companiesMain } from "./companies.js";
import { answered, dated, day, labelWord, placeOf, replyCount, strip, tally } from "./company.js";
import { OWN_WORDS, prose } from "./dossier.js";
import { FOLLOW } from "./frame.js";
import { agenciesNamed, monthOf, monthsDrawn, standingOfSite } from "./glance.js";
import { Notes, foreign } from "./notes.js";
import { MOST, grouped, letterLinks, letterNav, letterOf, opening, partOf } from "./paging.js";
import { overviewMain, overviewOf } from "./overview.js";
import { MOST_NAMED, searchMain } from "./search.js";
import { bestReply } from "./standing.js";
import { weakMain, weakPoints } from "./weak.js";
import {
  COUNTRY, LABEL, LABEL_SAYS, READ, REPLY, REPLY_SAYS, ROLE,
  byName, count, date, earliest, escape, fixed, latest, number, sortKey,
} from "./words.js";

const rowsTable = (caption, heads, rows, shape = "") => `<table class="rows${shape}">
<caption><span class="aside-voice">${caption}</span></caption>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;

// Companies

function entryOf(dossier, company) {
  const claims = dossier.claimsOf.get(company.id);
  const best = bestReply(claims.flatMap((claim) => claim.replies));
  const told = [company.sector, company.nexus ? placeOf(company) : ""].filter(Boolean);
  const { said, answered: many } = tally(claims);
  let labels = `<p class="label"><span class="label__count">${said.slice(0, -1)}</span></p>`;
  if (best) {
    const [word, shape] = REPLY[best.status];
    const beside = OWN_WORDS.has(best.status) ? `beside ${number(many)} of ${number(claims.length)}` : replyCount(best);
    labels += `\n<p class="label"><span>Reply</span> ${labelWord(word, shape)} <span class="label__count">${beside}</span></p>`;
  }
  return {
    lines: told.length ? `<p>${escape(`${told.join(". ")}.`)}</p>` : "",
    labels,
  };
}

// Sources

function makersOf(dossier) {
  const makers = new Map();
  for (const source of dossier.sources) {
    const name = source.publisher_of_record ?? source.publisher;
    const key = dossier.publisher(name)?.id ?? name;
    if (!makers.has(key)) makers.set(key, { key, name: dossier.maker(source), sources: [], claims: new Set() });
    const maker = makers.get(key);
    maker.sources.push(source);
    for (const { type, record, supports } of dossier.backlinks.get(source.id)?.values() ?? []) {
      if (type === "claim" && supports) maker.claims.add(record.id);
    }
  }
  const sorted = [...makers.values()].map((maker) => ({ ...maker, place: sortKey(maker.name) }));
  return sorted.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.name < b.name ? -1 : 1));
}

function sharesTable(dossier, makers) {
  const top = makers.filter(({ claims }) => claims.size).sort((a, b) => b.claims.size - a.claims.size).slice(0, 12);
  const rows = top.map(({ key, name, sources, claims }) => {
    const interest = dossier.publisher(key)?.disclosure;
    const width = `${fixed((100 * claims.size) / dossier.claims.length, 1)}%`;
    return `<tr><th scope="row">${escape(name)}${interest ? `<span class="shares__note">${escape(interest)}</span>` : ""}</th><td>${count(sources.length, "source")}</td><td class="amounts__bar"><svg class="bar" aria-hidden="true" focusable="false"><rect class="bar__obligated" x="1" y="4" width="${width}" height="7"/></svg></td><td>${count(claims.size, "claim")}</td></tr>`;
  });
  return `<section class="part" aria-labelledby="shares_h">
<h2 id="shares_h">Who carries the evidence</h2>
<p class="part__intro">How many claims cite each publisher in support. A claim that cites several counts for each.</p>
<table class="amounts shares">
<caption><span class="aside-voice">Publishers and the claims that cite them</span></caption>
<thead><tr><th scope="col">Publisher</th><th scope="col">Sources</th><th scope="col">Share</th><th scope="col">Claims</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

function sourceLine(dossier, source, up) {
  const links = [...(dossier.backlinks.get(source.id)?.values() ?? [])];
  const claims = links.filter(({ type }) => type === "claim").length;
  const cited = claims ? `cited by ${count(claims, "claim")}` : `cited in ${count(links.length, "place")}`;
  const role = source.read === "none" ? READ.none : ROLE[source.role];
  return `<li><a href="${up}${source.id}/index.html"${foreign(source)}>${escape(source.title)}</a> <span class="label__count">${date(source.issued) || "undated"} · ${role} · ${cited}</span></li>`;
}

function sourcesMain(dossier, site, letter) {
  const { makers } = site;
  const lettered = grouped(makers, ({ name }) => letterOf(name));
  const shown = letter ? lettered.get(letter) : site.isSourcesLettered ? [] : makers;
  const up = letter ? "../" : "";
  const groups = shown.map(({ key, name, sources }) => {
    const interest = dossier.publisher(key)?.disclosure;
    const mine = [...sources].sort((a, b) => {
      const [first, second] = [earliest(a.issued), earliest(b.issued)];
      return first === second ? (a.id < b.id ? -1 : 1) : first < second ? -1 : 1;
    });
    return `<section class="publisher">
<h3>${escape(name)}</h3>
${interest ? `<p class="publisher__note">${escape(interest)}</p>` : ""}
<ul class="publisher__sources">
${mine.map((source) => sourceLine(dossier, source, up)).join("\n")}
</ul>
</section>`;
  });
  const many = shown.reduce((sum, { sources }) => sum + sources.length, 0);
  const { unread } = site;
  const read = dossier.sources.length - unread;
  let lede = `${number(read)} ${read === 1 ? "source was" : "sources were"} read, whole or in part.`;
  if (unread === 1) lede += " 1 more is an original known only through others: it ends a lineage and supports no quote.";
  else if (unread) lede += ` ${number(unread)} more are originals known only through others: they end a lineage and support no quote.`;
  return `${opening(letter ? `Sources, ${letter}` : "Sources", letter ? count(many, "source") : lede, letter && "Sources")}
${letter ? "" : sharesTable(dossier, makers)}
${site.isSourcesLettered ? letterNav(letterLinks([...lettered.keys()], letter)) : ""}
${groups.length ? `<section class="part" aria-labelledby="list_h">
<h2 id="list_h">By publisher</h2>
${groups.join("\n")}
</section>` : ""}`;
}

// Agencies

function agenciesMain(dossier) {
  const rows = byName(dossier.agencies).map(({ id, country }) => {
    const claims = count(dossier.claimsWith.get(id).length, "claim");
    return `<tr><th scope="row"><a href="${id}/index.html">${escape(dossier.listedName(id))}</a></th><td>${COUNTRY[country] ?? ""}</td><td>${claims}</td><td>0 events</td></tr>`;
  });
  return `${opening("Agencies", "Public bodies that claims, events and demands name.", "", '<p class="more"><a href="#matrix_h">Which claims name whom</a></p>')}
<div class="part">
${rowsTable("Agencies", ["Agency", "Country", "Claims", "Events"], rows, " rows--agencies")}
</div>
<section class="part" aria-labelledby="matrix_h">
<h2 id="matrix_h">Which claims name whom</h2>
<p class="part__intro">There are more companies or agencies than a table of both can show. The page of each agency lists the claims that name it, and the list of companies can be narrowed to an agency.</p>
</section>`;
}

// Lists by date

// Parts of a list by date: a year, or a month of a year that is too full.
function periods(entries, listOf) {
  if (entries.length <= MOST) return new Map();
  const found = new Map();
  for (const [year, mine] of [...grouped(entries, ({ date: when }) => when.slice(0, 4))].sort()) {
    const lists = grouped(mine, listOf);
    if (mine.length <= MOST || lists.size === 1) found.set(year, mine);
    else for (const [name, part] of [...lists].sort(([a], [b]) => (a < b ? -1 : 1))) found.set(name, part);
  }
  return found;
}

const periodName = (period) => date(period.replace(/-00$/, ""));

function contents(parts) {
  const rows = [...parts].map(
    ([period, entries]) => `<tr><th scope="row"><a href="${period}/index.html">${periodName(period)}</a></th><td>${count(entries.length, "entry", "entries")}</td></tr>`,
  );
  return `<section class="part" aria-label="Parts of this list">
${rowsTable("Parts of this list", ["Date", "Entries"], rows)}
</section>`;
}

function dayOf(dossier, entry, root) {
  const { record, answer } = entry;
  const { name } = dossier.by.companies.get(record.company);
  const to = answer ? answered(dossier, record) : record;
  return day(entry, answer ? `${name} answers on “${to.heading}”` : `${name}: ${record.heading}`, `${root}companies/${record.company}/index.html#${to.id}`);
}

const TIMELINE_FILTERS = `<form class="filters" aria-label="Narrow the list">
<fieldset><legend>Show</legend><label><input type="radio" name="group" id="group-any" value="any" checked> All</label><label><input type="radio" name="group" id="group-claim" value="claim"> Claims</label><label><input type="radio" name="group" id="group-reply" value="reply"> Replies</label><label><input type="radio" name="group" id="group-event" value="event"> Events</label><label><input type="radio" name="group" id="group-demand" value="demand"> Demands</label></fieldset>
<button type="reset">Show all</button>
</form>`;

function timelineMain(dossier, site, period) {
  const shown = period ? site.timeline.get(period) : site.timeline.size ? [] : site.entries;
  const root = period ? "../../" : "../";
  const years = grouped(shown, ({ date: when }) => when.slice(0, 4));
  const picture = strip(shown);
  const sections = [...years].map(([year, entries]) => `<section class="part" aria-labelledby="year_${year}">
<h2 id="year_${year}">${year}</h2>
<ol class="days">
${entries.map((entry) => dayOf(dossier, entry, root)).join("")}</ol>
</section>`);
  const lede = "What was done, reported, asked and answered, by date. Dates are no more precise than the sources.";
  return `${opening(period ? `Timeline, ${periodName(period)}` : "Timeline", lede, period && "Timeline")}
${!period && site.timeline.size ? contents(site.timeline) : ""}
${shown.length ? `<nav class="parts" aria-label="Years">
<ul class="links">${[...years.keys()].map((year) => `<li><a href="#year_${year}">${year}</a></li>`).join("")}</ul>
</nav>
${picture && `<div class="part">${picture}</div>`}
<div class="browse">
${TIMELINE_FILTERS}
${sections.join("\n")}
</div>` : ""}`;
}

function changesMain(dossier, site, period) {
  const shown = period ? site.changesParts.get(period) : site.changesParts.size ? [] : site.changes;
  const root = period ? "../../" : "../";
  const title = period ? `Changes, ${periodName(period)}` : "Changes";
  const days = shown.map((entry) => dayOf(dossier, entry, root)).join("");
  const lede = "Corrections, withdrawals, replies and changes of status, the latest first.";
  const feeds = period ? "" : FOLLOW.replaceAll('href="', 'href="../');
  return `${opening(title, lede, period && "Changes", feeds)}
${!period && site.changesParts.size ? contents(new Map([...site.changesParts].reverse())) : ""}
${shown.length ? `<section class="part" aria-label="${title}">
<ol class="days">
${days}</ol>
</section>` : ""}`;
}

// Prose, data and the rest

function content(root, name) {
  const [, front, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(join(root, "content", `${name}.en.md`), "utf8"));
  const keys = Object.fromEntries(front.split("\n").map((line) => line.split(/: (.*)/s)));
  return { ...keys, body: prose(body, 2) };
}

function proseMain(dossier, page, figures) {
  const notes = new Notes(dossier, "../");
  return `<div class="opening">
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Home</a> / ${escape(page.title)}</nav>
<h1>${escape(page.title)}</h1>
</div>
<div class="part"><div class="prose">${notes.words(page.body, figures)}</div></div>
${notes.references()}`;
}

const DOWNLOADS = [
  ["claims.csv", "Every claim: wording, label, origins, amount, dates, reply."],
  ["companies.csv", "Every company, with counts."],
  ["sources.csv", "Every source, with what cites it."],
  ["dossier.json", "The whole dossier as one document."],
  ["dossier.sqlite", "The whole dossier as a database."],
  ["datapackage.json", "What the columns mean (Frictionless Data Package)."],
  ["sources.bib", "The sources for BibTeX."],
  ["sources.ris", "The sources for reference managers (RIS)."],
  ["sources.csl.json", "The sources as CSL-JSON, for Zotero and Pandoc."],
];
const DEADLINES = ["reply-deadlines.ics", "The days by which companies were asked to answer (iCalendar)."];

function dataMain(dossier) {
  const isAsked = dossier.responses.some(({ status, deadline }) => status === "invited" && deadline);
  const files = isAsked ? [...DOWNLOADS, DEADLINES] : DOWNLOADS;
  const rows = files.map(([name, says]) => `<tr><th scope="row"><a href="../data/${name}" download>${name}</a></th><td>${says}</td></tr>`);
  return `${opening("Data", `All that these pages print, for machines. Licence: ${escape(dossier.site.licence)}.`)}
<div class="part">
<table class="facts">
<caption>Files</caption>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<p class="draft__note">Something is absent or wrong? <a href="../contribute/draft/index.html">Draft a contribution</a></p>
</div>`;
}

const CORRECTIONS = `${opening("Corrections", "No correction so far.", "", FOLLOW)}
<section class="part" aria-label="Corrections">
<p>Nothing published here has been corrected yet.</p>
</section>`;

function missingMain({ base_url: base }) {
  const links = ["companies", "timeline", "sources", "search"].map(
    (each) => `<li><a href="${base}${each}/index.html">${each[0].toUpperCase()}${each.slice(1)}</a></li>`,
  );
  return `<section class="opening" aria-labelledby="missing_1_h">
<h1 id="missing_1_h">Page not found</h1>
<p class="lede">There is no page at this address. Ids are permanent here, so the address was probably mistyped; what is removed leaves a notice.</p>
<ul class="plain">
${links.join("\n")}
</ul>
</section>`;
}

// Home

const legend = (caption, rows) => `<table class="legend">
<caption>${caption}</caption>
<tbody>
${rows.map(([word, shape, says]) => `<tr><th scope="row">${labelWord(word, shape)}</th><td>${says}</td></tr>`).join("\n")}
</tbody>
</table>`;

function homeMain(dossier, site, page) {
  const notes = new Notes(dossier, "");
  const { figures, companies } = site;
  const body = notes.words(page.body, figures);
  const { loses } = site.weak;
  const once = dossier.claims.filter((claim) => claim.standing.origins.length === 1).length;
  const part = dossier.sources.filter((source) => source.read === "excerpt").length;
  const withReply = companies.filter(({ id }) => tally(dossier.claimsOf.get(id)).answered).length;
  const numbers = [
    [count(companies.length, "company", "companies"), "Listed under the rule below; no company is ranked"],
    [count(dossier.claims.length, "claim"), "Statements by named sources, each with the words it relies on"],
    [count(dossier.sources.length - site.unread, "source"), `Read whole or in part; they lead back to ${count(site.origins, "origin")}`],
    [`${number(withReply)} ${withReply === 1 ? "company" : "companies"} with a reply`, "In its words or as sources relay them, beside the claims it answers"],
  ];
  const unknown = companies.filter((company) => company.unknown).slice(0, 24).map(
    ({ id, name, unknownProse }) => `<li><a href="companies/${id}/index.html">${escape(name)}</a>: ${notes.words(unknownProse[0])}</li>`,
  );
  const thin = [];
  if (part) thin.push(`Of ${count(part, "source")} only a part was read; each reference says so.`);
  if (once) thin.push(`${count(once, "claim")} ${once === 1 ? "rests" : "rest"} on one origin.`);
  if (loses.size) thin.push(`${count(loses.size, "claim")} would lose ${loses.size === 1 ? "its" : "their"} last origin if one source fell.`);
  const roll = companies.length > 100
    ? `<p class="more"><a href="companies/index.html">${count(companies.length, "company", "companies")}</a></p>`
    : `<ul class="roll">
${companies.map((company) => {
  const entry = entryOf(dossier, company);
  return `<li><div><h3><a href="companies/${company.id}/index.html">${escape(company.name)}</a></h3>${entry.lines}</div><div>${entry.labels}</div></li>`;
}).join("\n")}
</ul>`;
  const days = site.entries.slice(-6).reverse().map((entry) => dayOf(dossier, entry, "")).join("");
  const labels = [["Withdrawn", "withdrawn", "No longer claimed; the reason stays on the page"]];
  for (const [key, word] of Object.entries(LABEL)) labels.push([word, key, LABEL_SAYS[key]]);
  const replies = Object.entries(REPLY).map(([key, [word, shape]]) => [word, shape, REPLY_SAYS[key]]);
  const { most } = site.weak;
  const money = moneyTable(dossier);
  const agencies = agenciesNamed(dossier);
  const inclusion = escape(dossier.site.inclusion);
  return `<div class="opening opening--home">
<h1>${escape(dossier.site.title)}</h1>
<p class="lede">${escape(dossier.site.description)}</p>
<form class="home-search" role="search" action="search/index.html" method="get">
<label for="search_q">Search companies, claims, quotes and sources</label>
<div class="search__field"><input type="search" id="search_q" name="q" maxlength="200"><button type="submit">Search</button></div>
</form>
<p class="checked">Checked ${figures.checked}. No total of money is given. <a href="changes/index.html">No claim was withdrawn, and nothing was corrected so far.</a></p>
</div>
${standingOfSite(dossier, site)}
<div class="part ledger">
<div>
<table class="facts">
<caption>In numbers, and what they count</caption>
<tbody>
${numbers.map(([many, says]) => `<tr><th scope="row">${many}</th><td>${says}</td></tr>`).join("\n")}
</tbody>
</table>
${most?.claims.size ? `<p class="more"><a href="sources/index.html#shares_h">The publisher cited most is ${escape(most.name)}: ${count(most.claims.size, "claim")} of ${number(dossier.claims.length)}.</a></p>` : ""}
<details class="rule"><summary>When a company is listed</summary><p>${inclusion}</p></details>
</div>
<div>
${money && `${money}
<p class="more">Claims name these amounts. Kinds are never added together, amounts overlap, and a ceiling is not a payment. <a href="overview/index.html#amounts_h">All amounts</a></p>`}
</div>
</div>
<div class="part"><div class="prose prose--wide">${body}</div></div>
<section class="part" id="companies" aria-labelledby="companies_h">
<h2 id="companies_h"><a href="companies/index.html">Companies, A to Z</a></h2>
${roll}
</section>
${agencies.length ? `<section class="part" id="agencies" aria-labelledby="agencies_h">
<h2 id="agencies_h"><a href="agencies/index.html">By agency</a></h2>
<p class="part__intro">Claims that name an agency as the other side, denials among them. Their number is no measure of business.</p>
<ul class="columns">
${agencies.join("\n")}
</ul>
</section>` : ""}
${unknown.length || thin.length ? `<section class="part" id="unknown" aria-labelledby="unknown_h">
<h2 id="unknown_h">What is not known</h2>
<div class="ledger">
<div>
${unknown.length ? `<h3>Left open by the sources</h3>
<ul class="prose">
${unknown.join("\n")}
</ul>` : ""}
</div>
<div>
${thin.length ? `<h3>Where the evidence is thin</h3>
<ul class="prose">
${thin.map((said) => `<li>${said}</li>`).join("\n")}
</ul>
<p class="more"><a href="weak-points/index.html">All weak points</a></p>` : ""}
</div>
</div>
</section>` : ""}
${monthsDrawn(site)}
<div class="part ledger">
<section class="part" aria-labelledby="latest_h">
<h2 id="latest_h">Latest dated entries</h2>
<ol class="days">
${days}</ol>
<p class="more"><a href="timeline/index.html">The whole timeline</a></p>
</section>
<section class="part" aria-labelledby="changes_h">
<h2 id="changes_h">Latest changes</h2>
<p>Nothing published here has been corrected yet.</p>
<p class="more"><a href="changes/index.html">All changes</a></p>
</section>
</div>
<section class="part" id="labels" aria-labelledby="labels_h">
<h2 id="labels_h">The labels</h2>
<p class="part__intro">Computed from the citations, never typed. A bar on the left is a side that says it; a bar on the right, a company that answers.</p>
<div class="ledger">
<div>${legend("Claims: the first that fits", labels)}</div>
<div>${legend("Replies", replies)}</div>
</div>
</section>
<section class="part" id="definitions" aria-labelledby="definitions_h">
<h2 id="definitions_h">What the words mean here</h2>
<dl class="definitions">
<div><dt>When a company is listed</dt><dd>${inclusion}</dd></div>
</dl>
</section>
${notes.references()}`;
}

// What the lists are made of, once a build.
function gathered(dossier) {
  const companies = byName(dossier.companies);
  const timeline = dated(dossier.claims, dossier.responses);
  const makers = makersOf(dossier);
  const changes = timeline.filter(({ answer }) => answer).map((entry) => ({ ...entry, day: latest(entry.date) }));
  changes.sort((a, b) => (a.day === b.day ? (a.record.id < b.record.id ? -1 : 1) : a.day > b.day ? -1 : 1));
  const origins = new Set(dossier.claims.flatMap((claim) => claim.standing.origins.map(({ key }) => key)));
  const unread = dossier.sources.filter(({ read }) => read === "none").length;
  const verified = dossier.claims.reduce((found, claim) => (claim.verified > found ? claim.verified : found), "");
  return {
    companies,
    entries: timeline,
    changes,
    unread,
    origins: origins.size,
    lettered: grouped(companies, ({ name }) => letterOf(name)),
    isLettered: companies.length > MOST,
    makers,
    weak: weakPoints(dossier, companies, makers),
    overview: overviewOf(dossier, companies),
    isSourcesLettered: dossier.sources.length > MOST,
    timeline: periods(timeline, monthOf),
    changesParts: periods(changes, ({ date: when }) => when.slice(0, 4)),
    figures: {
      claims: number(dossier.claims.length),
      companies: number(companies.length),
      sources: number(dossier.sources.length - unread),
      origins: number(origins.size),
      checked: date(verified),
    },
  };
}

// Every page of the site but those of companies, sources and agencies.
export function sitePages(dossier, root) {
  const site = gathered(dossier);
  const page = (path, title, section, main, more = {}) => ({ path, title, section, main, ...more });
  const home = content(root, "home");
  const method = content(root, "methodology");
  const found = [
    page("", dossier.site.title, "", () => homeMain(dossier, site, home)),
    page("companies/", "Companies", "companies", () => companiesMain(dossier, site, "")),
    page("sources/", "Sources", "sources", () => sourcesMain(dossier, site, "")),
    page("agencies/", "Agencies", "agencies", () => agenciesMain(dossier)),
    page("timeline/", "Timeline", "timeline", () => timelineMain(dossier, site, "")),
    page("changes/", "Changes", "changes", () => changesMain(dossier, site, ""), { feed: "../" }),
    page("corrections/", "Corrections", "corrections", () => CORRECTIONS, { feed: "" }),
    page("weak-points/", "Weak points", "weak-points", () => weakMain(dossier, site.weak, "")),
    page("overview/", "Claims by what stands behind them", "overview", () => overviewMain(dossier, site.overview, "")),
    page("search/", "Search", "search", () => searchMain(dossier, site, "")),
    page("data/", "Data", "data", () => dataMain(dossier)),
    page("methodology/", method.title, "methodology", () => proseMain(dossier, method, site.figures), { description: method.description }),
    page("404.html", "Page not found", "", () => missingMain(dossier.site)),
  ];
  const parts = (section, title, names, main) => {
    for (const name of names) {
      const [to, said] = name.length === 1 ? [partOf(name), name] : [name, periodName(name)];
      found.push(page(`${section}/${to}/`, `${title}, ${said}`, section, () => main(dossier, site, name)));
    }
  };
  if (site.isLettered) parts("companies", "Companies", site.lettered.keys(), companiesMain);
  if (site.companies.length > MOST_NAMED) parts("search", "Search", site.lettered.keys(), searchMain);
  if (site.isSourcesLettered) parts("sources", "Sources", new Set(site.makers.map(({ name }) => letterOf(name))), sourcesMain);
  parts("timeline", "Timeline", site.timeline.keys(), timelineMain);
  parts("changes", "Changes", site.changesParts.keys(), changesMain);
  for (const name of site.weak.pages) {
    const [letter, part] = name.split("/");
    const path = `weak-points/${partOf(letter)}/${part ? `${part}/` : ""}`;
    found.push(page(path, `Weak points, ${name.replace("/", ", ")}`, "weak-points", () => weakMain(dossier, site.weak, name)));
  }
  for (const name of site.overview.pages) {
    const [letter, part] = name.split("/");
    const path = `overview/${partOf(letter)}/${part ? `${part}/` : ""}`;
    found.push(page(path, `Claims by what stands behind them, ${name.replace("/", ", ")}`, "overview", () => overviewMain(dossier, site.overview, name)));
  }
  return found;
}
