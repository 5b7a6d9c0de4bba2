// The notes of one page, as dossier/plan/notes.py numbers them; citations come out as markup at once.

import { READ, ROLE, STATE, LANGUAGE, date, escape, listed, quoted, textFragment } from "./words.js";
import { marksOf } from "./dossier.js";

const INTENT = { context: "For context", disputes: "Says otherwise" };
const ORDER = { supports: 0, disputes: 1, context: 2 };

export function foreign(source) {
  return source.language.startsWith("en") ? "" : ` lang="${source.language}"`;
}

const capital = (words) => words[0].toUpperCase() + words.slice(1);

export class Notes {
  // `isBrief`: what the editors noted of a source stands on its own page, and that no quote is verified is said once.
  constructor(dossier, root, isBrief = false) {
    this.dossier = dossier;
    this.root = root;
    this.isBrief = isBrief;
    this.cited = new Map();
  }

  // A citation: its number on the page, and its markup.
  cite(source, locator, next) {
    let note = this.cited.get(source);
    if (!note) this.cited.set(source, (note = { number: this.cited.size + 1, times: 0, words: new Set(), printed: new Set() }));
    note.times += 1;
    return `<a${next ? ' class="cite--next"' : ""} href="#ref-${note.number}" id="cite-${note.number}-${note.times}" role="doc-noteref">[<i>source </i>${note.number}]</a>${locator ? `<span class="cite"> ${escape(locator)}</span>` : ""}`;
  }

  // One citation for each source, where no quote is printed.
  cites(citations, { afterLink = false, beside } = {}) {
    const said = new Set(beside ? marksOf(beside).map((mark) => mark.source) : []);
    const first = new Map();
    const quotes = [];
    for (const citation of citations) {
      if (!said.has(citation.source) && !first.has(citation.source)) first.set(citation.source, citation);
      if (citation.quote) quotes.push(citation);
    }
    let html = "";
    let next = afterLink || (beside?.length > 1 && beside.at(-1) === "");
    for (const [source, { locator }] of first) {
      html += this.cite(source, locator, next);
      next = true;
    }
    for (const { source, quote } of quotes) {
      this.cited.get(source).words.add(quoted(quote, this.dossier.by.sources.get(source).language));
    }
    return html;
  }

  words(parts, figures) {
    let html = "";
    for (const part of parts) {
      if (typeof part === "string") html += part;
      else if (part.figure) html += figures[part.figure];
      else html += this.cite(part.source, part.locator, part.joined);
    }
    return html;
  }

  quotes(citations) {
    return [...citations].sort((a, b) => ORDER[a.intent ?? "supports"] - ORDER[b.intent ?? "supports"]).map((each) => this.quote(each)).join("");
  }

  quote(citation) {
    const source = this.dossier.by.sources.get(citation.source);
    const text = quoted(citation.quote, source.language);
    const lang = foreign(source);
    const translation = lang && citation.translation?.en;
    const isLive = source.availability !== "dead";
    const href = isLive ? textFragment(source.url, citation.quote) : `${this.root}sources/${source.id}/index.html`;
    const mark = STATE[source.availability];
    const intent = INTENT[citation.intent];
    const cite = this.cite(source.id);
    this.cited.get(source.id).printed.add(text);
    return `<figure class="quote">
${intent ? `<p class="quote__intent">${intent}</p>` : ""}
<blockquote${lang}><p>${escape(text)}</p></blockquote>
${translation ? `<p>Our translation: ${escape(quoted(translation, "en"))}</p>` : ""}
<figcaption><a href="${escape(href)}">${escape(this.dossier.dated(source))}</a>${citation.locator ? `, ${escape(citation.locator)}` : ""}${mark ? ` <span class="mark">${mark}</span>` : ""} ${cite}${this.isBrief ? "" : " <small>Quote not verified: no copy of the page is kept.</small>"}</figcaption>
</figure>
`;
  }

  references() {
    if (!this.cited.size) return "";
    let items = "";
    for (const [id, note] of this.cited) items += this.reference(this.dossier.by.sources.get(id), note);
    return `<section class="part" id="references" role="doc-endnotes" aria-labelledby="references_h">
<h2 id="references_h">References</h2>
<ol class="references">
${items}</ol>
</section>
`;
  }

  reference(source, { number, times, words, printed }) {
    const { dossier } = this;
    const lang = foreign(source);
    const stop = /[.?!…]$/.test(source.title) ? "" : ".";
    const readAt = source.publisher_of_record ? ` Read at ${dossier.publisherName(source.publisher)}.` : "";
    const place = [ROLE[source.role], LANGUAGE[source.language], capital(READ[source.read])];
    if (source.accessed) place.push(`Read on ${date(source.accessed)}`);
    const about = [this.isBrief ? "" : source.note, dossier.publisher(source.publisher_of_record ?? source.publisher)?.disclosure];
    const left = [...words].filter((each) => !printed.has(each));
    const state = STATE[source.availability];
    const live = source.url && source.availability !== "dead";
    let backs = "";
    for (let each = 1; each <= times; each += 1) {
      const name = letter(each);
      backs += ` <a href="#cite-${number}-${each}" role="doc-backlink">${name}</a>`;
    }
    return `<li id="ref-${number}">
<p>${source.author ? `${escape(listed(source.author))}. ` : ""}<cite${lang}>${escape(source.title)}</cite>${stop} ${escape(dossier.dated(source))}.${escape(readAt)}</p>
<p>${place.join(" · ")}</p>
${about.map((each) => (each ? `<p>${escape(each)}</p>\n` : "")).join("")}${left.length ? `<p class="references__words">Words relied on:${left.map((each) => ` <q${lang}>${escape(each)}</q>`).join("")}</p>` : ""}
<p>${state ? `<span class="mark">${state}</span> · ` : ""}${live ? `<a href="${escape(source.url)}">Live page</a> · ` : ""}${(source.archives ?? []).map((each) => `<a href="${escape(each.url)}">Archived copy, ${date(each.captured)}</a> · `).join("")}<a href="${this.root}sources/${source.id}/index.html">${this.isBrief && source.note ? "Notes on this source" : "About this source"}</a></p>
<p>Back to the text:${backs}</p>
</li>
`;
  }
}

// a, b, … z, aa, ab, …
function letter(index) {
  let letters = "";
  for (let left = index; left; left = Math.floor((left - 1) / 26)) {
    letters = String.fromCharCode(97 + ((left - 1) % 26)) + letters;
  }
  return letters;
}
