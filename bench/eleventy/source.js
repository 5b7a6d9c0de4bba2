// The page of a source: dossier/plan/sources.py with its template.

import { answered, factsTable } from "./company.js";
import { foreign } from "./notes.js";
import { report } from "./report.js";
import { KIND, LABEL, LANGUAGE, READ, ROLE, STATE, count, date, escape, listed, number, quoted, textFragment } from "./words.js";

function facts(dossier, source) {
  const publisher = dossier.publisher(source.publisher_of_record ?? source.publisher);
  const rows = [["Role", ROLE[source.role]]];
  if (source.author) rows.push(["Author", escape(listed(source.author))]);
  rows.push(["Publisher", escape(dossier.maker(source))]);
  if (source.publisher_of_record) rows.push(["Read at", escape(dossier.publisherName(source.publisher))]);
  if (source.wire) rows.push(["News agency", escape(dossier.publisherName(source.wire))]);
  rows.push(["Published", date(source.issued) || "undated"], ["Language", LANGUAGE[source.language]]);
  rows.push(["Part read", READ[source.read]]);
  if (source.accessed) rows.push(["Day read", date(source.accessed)]);
  if (source.url) {
    const host = source.url.split("://").pop().split("/")[0];
    rows.push(["Live page", `<a href="${escape(source.url)}">${escape(host)}</a>`]);
  }
  for (const archive of source.archives ?? []) {
    rows.push(["Archived copy", `<a href="${escape(archive.url)}">${date(archive.captured) || "undated"}</a>`]);
  }
  if (publisher?.owner) rows.push(["Owner of the publisher", escape(dossier.publisherName(publisher.owner))]);
  if (publisher?.disclosure) rows.push(["Interest", escape(publisher.disclosure)]);
  if (source.note) rows.push(["Note", escape(source.note)]);
  rows.push(["Identifier", source.id]);
  return factsTable(rows);
}

function what(dossier, claim) {
  const name = dossier.by.companies.get(claim.company).name;
  const href = `../../companies/${claim.company}/index.html#${claim.id}`;
  return `<a href="${href}">${escape(`${name}: ${claim.heading}`)}</a>`;
}

function citing(dossier, { type, record }) {
  if (type === "claim") return [what(dossier, record), KIND[record.kind]];
  if (type === "company") {
    return [`<a href="../../companies/${record.id}/index.html">${escape(record.name)}</a>`, "Company"];
  }
  const name = dossier.by.companies.get(record.company).name;
  const claim = answered(dossier, record);
  const href = `../../companies/${record.company}/index.html${claim ? `#${claim.id}` : ""}`;
  return [`<a href="${href}">${escape(`Reply by ${name}`)}</a>`, "Reply"];
}

function citedBy(dossier, source, links) {
  const lang = foreign(source);
  const rows = links.map((link) => {
    const [head, kind] = citing(dossier, link);
    const quotes = [...link.quotes].map((quote) => {
      const text = `<span${lang}>${escape(quoted(quote, source.language))}</span>`;
      const find =
        source.url && source.availability !== "dead"
          ? ` <a class="find" href="${escape(textFragment(source.url, quote))}">Find it<span class="aside-voice">: ${text}</span></a>`
          : "";
      return `<p>${text}${find}</p>`;
    });
    const said = quotes.join("") || '<p class="label__count">Cited in prose, without a quote</p>';
    return `<tr><th scope="row">${head}<span class="label__count"> ${kind}</span></th><td class="words">${said}</td></tr>`;
  });
  return `<section class="part" aria-labelledby="cited_h">
<h2 id="cited_h">Cited by</h2>
<table class="rows">
<caption><span class="aside-voice">Where this source is cited, and for which words</span></caption>
<thead><tr><th scope="col">Where</th><th scope="col">Words relied on</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

function fallTable(dossier, falls) {
  const lost = falls.filter(({ loses }) => loses).length;
  const intro = lost
    ? `If this source fell, ${count(lost, "claim")} would lose ${lost === 1 ? "its" : "their"} last origin.`
    : "If this source fell, no claim would lose its last origin.";
  const rows = falls.map(({ claim, without, loses }) => {
    let then = "Would stand";
    if (loses) {
      then = "Would lose its last origin and need another source, or be withdrawn";
    } else if (without.label !== claim.standing.label) {
      then = `Would read: ${LABEL[without.label]}`;
    }
    return `<tr><th scope="row">${what(dossier, claim)}</th><td>${dossier.counts(claim.standing)}</td><td>${dossier.counts(without)}</td><td>${then}</td></tr>`;
  });
  return `<section class="part" aria-labelledby="falls_h">
<h2 id="falls_h">What falls if it falls</h2>
<p class="part__intro">${intro}</p>
<table class="rows rows--falls">
<caption><span class="aside-voice">Links and origins with this source and without it</span></caption>
<thead><tr><th scope="col">Claim</th><th scope="col">With it</th><th scope="col">Without it</th><th scope="col">Then</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

// From the originals down to this source, and on to what rests on it.
function lineage(dossier, source) {
  const { sources } = dossier.by;
  const above = new Set();
  let wave = [source.id];
  while (wave.length) {
    const parents = new Set(wave.flatMap((id) => sources.get(id).derived_from.filter((parent) => sources.has(parent))));
    wave = [...parents].filter((id) => !above.has(id)).sort();
    for (const id of wave) above.add(id);
  }
  above.add(source.id);
  if (above.size === 1 && !dossier.derived.has(source.id)) return "";
  const roots = [...above].sort().filter((id) => !sources.get(id).derived_from.some((parent) => above.has(parent)));
  const shown = new Set();
  const branch = (at, path) => {
    const below = at === source.id || path.includes(source.id);
    let children = (dossier.derived.get(at) ?? []).filter((id) => (below || above.has(id)) && !path.includes(id));
    if (path.length > 12 || shown.has(at)) children = [];
    else shown.add(at);
    const each = sources.get(at);
    const head =
      at === source.id
        ? "<strong>This source</strong>"
        : `<a href="../${at}/index.html"><span${foreign(each)}>${escape(each.title)}</span>. ${escape(dossier.dated(each))}</a>`;
    const more = children.map((id) => branch(id, [...path, at])).join("");
    return `<li>${head}${more && `<ol>${more}</ol>`}</li>`;
  };
  return `<section class="part" aria-labelledby="lineage_h">
<h2 id="lineage_h">Where it comes from, where it went</h2>
<ol class="lineage">
${(roots.length ? roots : [source.id]).map((id) => branch(id, [])).join("")}
</ol>
</section>`;
}

export function sourceMain(dossier, source) {
  const links = [...(dossier.backlinks.get(source.id)?.values() ?? [])];
  const quotes = new Set(links.flatMap((link) => [...link.quotes]));
  const repeated = dossier.derived.get(source.id)?.length ?? 0;
  const state = STATE[source.availability];
  const falls = dossier.falls.get(source.id) ?? [];
  let counts = `Cited in ${count(links.length, "place")}, for ${count(quotes.size, "quote")}.`;
  if (repeated) counts += ` ${number(repeated)} other ${repeated === 1 ? "source rests" : "sources rest"} on it.`;
  const version = [source.title, source.publisher, source.issued, source.url].filter(Boolean).join(" ");
  return `<div class="ledger opening">
<div>
<nav class="trail" aria-label="Breadcrumb"><a href="../index.html">Sources</a> / ${escape(dossier.dated(source))}.</nav>
<h1 class="long"${foreign(source)}>${escape(source.title)}</h1>
<p class="lede">${escape(dossier.dated(source))}.</p>
<p class="checked">${state ? `<span class="mark">${state}</span> ` : ""}${counts}</p>
</div>
<div>${facts(dossier, source)}</div>
</div>
${links.length ? citedBy(dossier, source, links) : ""}
${falls.length ? fallTable(dossier, falls) : ""}
${lineage(dossier, source)}
<div class="claim__foot">${report(dossier.site, source.id, `sources/${source.id}/`, source.title, version)}</div>`;
}
