// What the front page shows of the whole at a glance: dossier/plan/standing.py and months.py.

import { percent } from "./company.js";
import { grouped } from "./paging.js";
import { SIDE_OF, bySide, item, labelSaid, latestFirst, onRecord, question, questions, quiet, standing, wordsLink } from "./standing.js";
import { byName, count, escape, round } from "./words.js";

const MOST = 3;
const MOST_OF_ONE = 2;
const MOST_AGENCIES = 12;
const TALLEST = 72;

// The whole dossier by what stands behind its claims; of each side the latest, at most two of one company.
export function standingOfSite(dossier, { companies, overview }) {
  const sides = { ...bySide(), also: [] };
  const asked = [];
  const speechless = [];
  let also = 0;
  let open = 0;
  for (const company of companies) {
    const claims = dossier.claimsOf.get(company.id);
    const named = {};
    also += claims.filter((claim) => claim.standing.disputedOnRecord).length;
    for (const claim of latestFirst(claims)) {
      if (!claim.isAnswerable) continue;
      for (const side of [SIDE_OF[claim.standing.label], ...(claim.standing.disputedOnRecord ? ["also"] : [])]) {
        named[side] = (named[side] ?? 0) + 1;
        if (named[side] <= MOST_OF_ONE) sides[side].push(claim);
      }
    }
    open += company.unknownProse.length;
    if (company.unknownProse.length && asked.length < MOST) {
      asked.push(`<li><a href="companies/${company.id}/index.html#unknown">${question(company.unknownProse[0])}</a> <span>${escape(company.name)}</span></li>`);
    }
    if (claims.length && !claims.some((claim) => claim.hasWords)) speechless.push(item(`companies/${company.id}/index.html`, company.name));
  }
  const items = (side) => latestFirst(sides[side]).slice(0, MOST).map((claim) => {
    const { name } = dossier.by.companies.get(claim.company);
    return item(`companies/${claim.company}/index.html#${claim.id}`, `${name}: ${claim.heading}`, labelSaid(dossier, claim));
  });
  const many = dossier.claims.length;
  const all = many === 1 ? "1 claim by what stands behind it" : `All ${count(many, "claim")} by what stands behind them`;
  return standing(
    overview.all,
    (side) => [items(side), overview.all[side], `overview/index.html#${side}_h`],
    onRecord(items("also"), also, "overview/index.html#supported_h"),
    questions(asked, open, "#unknown") + quiet(speechless, speechless.length, "companies/index.html"),
    `${wordsLink("")} · <a href="overview/index.html">${all}</a>`,
  );
}

// The agencies that claims name, by name; of very many those that most claims name.
export function agenciesNamed(dossier) {
  const many = ({ id }) => dossier.claimsWith.get(id).length;
  const most = dossier.agencies.filter(many).sort((a, b) => many(b) - many(a) || (a.id < b.id ? -1 : 1)).slice(0, MOST_AGENCIES);
  return byName(most).map((each) => `<li><a href="agencies/${each.id}/index.html">${escape(dossier.listedName(each.id))}</a> <span class="label__count">${count(many(each), "claim")}</span></li>`);
}

// How many dated entries each month has; month 00 is a year of which no more is known.
export const monthOf = (entry) => (entry.date.length === 4 ? `${entry.date}-00` : entry.date.slice(0, 7));

export function monthsDrawn({ entries, timeline }) {
  if (entries.length < MOST) return "";
  const drawn = new Map([...grouped(entries, monthOf)].map(([month, mine]) => [month, mine.length]));
  const years = new Map();
  for (const [month, many] of drawn) years.set(+month.slice(0, 4), (years.get(+month.slice(0, 4)) ?? 0) + many);
  const [first, last] = [Math.min(...years.keys()), Math.max(...years.keys())];
  const span = last - first + 1;
  const most = Math.max(...drawn.values());
  const isFuller = (a, b) => years.get(b) > years.get(a) || (years.get(b) === years.get(a) && b > a);
  const full = [...years.keys()].reduce((a, b) => (isFuller(a, b) ? b : a));
  const ticks = [];
  for (let year = 0; year < span; year += Math.max(1, Math.floor((span + 5) / 6))) {
    const x = percent(year, span);
    ticks.push(`<line class="strip__year" x1="${x}" x2="${x}" y1="0" y2="76"/><text x="${x}" dx="4" y="88" aria-hidden="true">${first + year}</text>`);
  }
  const isYear = (month) => month.endsWith("-00");
  const place = (month) => `${isYear(month) ? 0 : 1}${month}`;
  const bars = [...drawn].sort(([a], [b]) => (place(a) < place(b) ? -1 : 1)).map(([month, many]) => {
    const height = Math.max(2, round((many / most) * TALLEST));
    const at = (month.slice(0, 4) - first) * 12 + (isYear(month) ? 0 : month.slice(5) - 1);
    return `<rect class="months__${isYear(month) ? "year" : "month"}" x="${percent(at, span * 12)}" y="${TALLEST - height}" width="${percent(isYear(month) ? 11.8 : 0.8, span * 12)}" height="${height}"/>`;
  });
  const counted = (many) => count(many, "entry", "entries");
  const says = `${counted(entries.length)} in ${count(span, "year")}. The fullest year is ${full}, with ${counted(years.get(full))}. A bar is a month; the tallest is ${counted(most)}. Pale and a year wide: known by the year alone.`;
  const pages = new Map([...timeline.keys()].reverse().map((period) => [+period.slice(0, 4), period]));
  const rows = [...years].sort(([a], [b]) => b - a).map(([year, many]) => {
    const page = pages.has(year) ? `${pages.get(year)}/` : "";
    return `<tr><th scope="row"><a href="timeline/${page}index.html#year_${year}">${year}</a></th><td>${counted(many)}</td></tr>`;
  });
  return `<section class="part" aria-labelledby="months_h">
<h2 id="months_h"><a href="timeline/index.html">When</a></h2>
<figure class="strip months">
<svg role="img" height="90"><title>Dated entries, ${first} to ${last}</title><desc>${says}</desc>
${ticks.join("\n")}
<line x1="0" x2="100%" y1="72" y2="72"/>
${bars.join("\n")}
</svg>
<figcaption>${says}</figcaption>
</figure>
<details class="months__table">
<summary>The same by year, as a table</summary>
<table>
<thead><tr><th scope="col">Year</th><th scope="col">Entries</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</details>
</section>`;
}
