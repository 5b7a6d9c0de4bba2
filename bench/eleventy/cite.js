// Where a company's page and its claims are cited, embedded and corrected: dossier/plan/citing.py and cite_formats.py.
// Of a dossier without a history and a lock no page is dated.

import { claimsInOrder, wordsQuoted } from "./company.js";
import { report } from "./report.js";
import { LABEL, escape } from "./words.js";

const LATEX = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
const latex = (text) => text.replace(/[\\{}~^&%$#_]/g, (sign) => LATEX[sign] ?? `\\${sign}`);
const wiki = (text) => text.replace(/[&|{}[\]<>'~=]/g, (sign) => `&#${sign.codePointAt(0)};`);
const ended = (text) => (/[.!?…]$/.test(text) ? text : `${text}.`);

function json(item) {
  const pairs = Object.entries(item).map(([key, value]) => `${JSON.stringify(key)}: ${Array.isArray(value) ? `[${value.map(json).join(", ")}]` : JSON.stringify(value)}`);
  return `{${pairs.join(", ")}}`;
}

const listOf = (pairs) => `<dl class="formats">
${pairs.map(([name, text]) => `<div><dt>${name}</dt><dd>${text}</dd></div>`).join("\n")}
</dl>`;

function styles(site, title, url, version) {
  const { publisher } = site;
  const plain = escape(ended(title.replaceAll("“", "‘").replaceAll("”", "’")));
  const [by, at] = [escape(ended(publisher)), escape(ended(site.title))];
  return listOf([
    ["APA", `${by} (n.d.). <i>${escape(title)}</i> (Version ${version}). ${at} ${escape(url)}`],
    ["Chicago", `${by} “${plain}” ${at} Version ${version}. ${escape(url)}.`],
    ["MLA", `“${plain}” <i>${escape(site.title)}</i>, version ${version}, ${escape(publisher)}, ${escape(url)}.`],
  ]);
}

function programs(site, id, title, url, version) {
  const { publisher } = site;
  const item = {
    id, type: "webpage", title, author: [{ literal: publisher }], "container-title": site.title, publisher, version, URL: url, language: "en",
  };
  const code = (text) => `<code>${escape(text)}</code>`;
  return listOf([
    ["Wikipedia", code(`{{cite web |author=${wiki(publisher)} |title=${wiki(title)} |url=${url} |website=${wiki(site.title)} |id=Version ${version} |access-date=}}`)],
    ["BibTeX", code(`@online{${id},
author = {{${latex(publisher)}}},
title = {{${latex(title)}}},
organization = {${latex(site.title)}},
version = {${version}},
url = {${url}},
language = {en},
}`)],
    ["RIS", code(`TY  - ELEC
ID  - ${id}
TI  - ${title}
AU  - ${publisher}
T2  - ${site.title}
PB  - ${publisher}
ET  - ${version}
UR  - ${url}
LA  - en
ER  - `)],
    ["CSL-JSON", code(`[${json(item)}]`)],
  ]);
}

// One thing that can be cited: the page, or a claim of it by its anchor.
function sides(dossier, company, version, anchor, heading, label = "", sources = "", more = "") {
  const { site } = dossier;
  const to = anchor && `#${anchor}`;
  const url = `${site.base_url}companies/${company.id}/${to}`;
  const title = label ? `${company.name}: ${heading} (claim: ${label})` : company.name;
  const said = escape(heading);
  const frame = `<iframe src="${escape(`${site.base_url}companies/${company.id}/card/${to}`)}" title="${escape(`${site.title}: ${title}`)}" width="480" height="480" loading="lazy" style="max-width: 100%; border: 1px solid"></iframe>`;
  return `<p class="claim__note">Permanent link: <a href="../index.html${to}" rel="bookmark">${escape(url)}</a></p>
${sources}
${styles(site, title, url, version)}
<details class="citing__more"><summary>For Wikipedia and reference managers<span class="aside-voice">: ${said}</span></summary>
${programs(site, anchor || company.id, title, url, version)}
</details>
<details class="citing__more"><summary>To embed it<span class="aside-voice">: ${said}</span></summary>
<p>The card shows the claim with its reply as the dossier has them now: it says so when the claim is corrected or withdrawn. It needs no script.</p>
<dl class="formats"><div><dt>HTML</dt><dd><code>${escape(frame)}</code></dd></div></dl>
</details>
${more}`;
}

function originals(dossier, claim) {
  const cited = [...new Set(claim.supports.map(({ source }) => source))].map((id) => dossier.by.sources.get(id));
  if (!cited.length) return "";
  const names = dossier.toldApart(cited);
  const links = cited.map(({ id, url, availability }, at) => {
    const href = url && availability !== "dead" ? url : `../../../sources/${id}/index.html`;
    return `<a href="${escape(href)}">${escape(names[at])}</a>`;
  });
  return `<p class="claim__note">Cite the original too: ${links.join("; ")}</p>`;
}

export function citeMain(dossier, company) {
  const claims = claimsInOrder(dossier.claimsOf.get(company.id));
  const version = dossier.version(company);
  const name = escape(company.name);
  const articles = claims.map((claim) => {
    const { id } = claim;
    const answered = claim.replies.reduce((sum, each) => sum + wordsQuoted(each.citations), 0);
    const more = `${report(dossier.site, id, `companies/${company.id}/#${id}`, claim.statement, claim.statement, escape(claim.heading))}
<p class="claim__older">Words quoted: ${wordsQuoted(claim.citations)} for the claim, ${answered} in the reply</p>`;
    return `<section class="citing claim" id="${id}" aria-labelledby="${id}_h">
<h3 id="${id}_h">${escape(claim.heading)}</h3>
${sides(dossier, company, version, id, claim.heading, LABEL[claim.standing.label], originals(dossier, claim), more)}
</section>`;
  });
  return `<div class="opening">
<nav class="trail" aria-label="Breadcrumb"><a href="../../index.html">Companies</a> / <a href="../index.html">${name}</a> / Cite, embed or correct</nav>
<h1>Cite, embed or correct: ${name}</h1>
<p class="lede">Each claim is a statement by a named source. To cite this dossier is not to cite that source: cite the original too. It is linked with each claim.</p>
<p class="citing__how">Where a style asks for the day on which you read the page, add it.</p>
</div>
<section class="part citing" aria-labelledby="cite_h">
<h2 id="cite_h">The whole page</h2>
${sides(dossier, company, version, "", "The whole page")}
</section>
<section class="part" aria-labelledby="claims_h">
<h2 id="claims_h">Each claim</h2>
<ol class="citing__contents">
${claims.map(({ id, heading }) => `<li><a href="#${id}">${escape(heading)}</a></li>`).join("\n")}
</ol>
${articles.join("\n")}
</section>
<p class="copied" role="status" data-copy="Copy" data-of=": " data-done="Copied to the clipboard" data-failed="The browser did not let it be copied: mark it and copy it by hand"></p>`;
}
