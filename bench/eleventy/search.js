// The page of the search with the index for those without a script: dossier/plan/searched.py with its template. What
// the script reads is not made here.

import { claimsInOrder } from "./company.js";
import { letterLinks, letterNav, opening } from "./paging.js";
import { byName, escape } from "./words.js";

export const MOST_NAMED = 150;
const FORM = `<form class="search" id="search_" role="search" hidden aria-label="Search">
<label for="search_q">Words, a name, an amount, or a phrase in quote marks</label>
<div class="search__field"><input type="search" id="search_q" name="q" maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"><button type="submit">Search</button></div>
<div class="search__filters" id="search_filters" role="group" aria-label="Narrow the results" hidden></div>
<p class="search__note">Nothing you type here is sent anywhere: the search runs in this browser.</p>
</form>
<section class="search__found" id="search_found" aria-labelledby="search_found_h" hidden>
<h2 id="search_found_h">Results</h2>
<p id="search_said" role="status"></p>
<p id="search_meant" class="search__note" hidden></p>
<ol id="search_results" class="search__results"></ol>
<button type="button" id="search_more" hidden>Show more</button>
</section>`;
const WITHOUT = "<noscript><p class=\"search__note\">Searching by words needs JavaScript, which is off in this browser. The index below needs none: it names every company and claim.</p></noscript>";

export function searchMain(dossier, site, letter) {
  const { companies, lettered } = site;
  const isLettered = companies.length > MOST_NAMED;
  const shown = letter ? lettered.get(letter) : isLettered ? [] : companies;
  const root = letter ? "../../" : "../";
  const entries = shown.map(({ id, name }) => {
    const href = `${root}companies/${id}/index.html`;
    const claims = claimsInOrder(dossier.claimsOf.get(id)).map((claim) => `<li><a href="${href}#${claim.id}">${escape(claim.heading)}</a></li>`);
    return `<li><h3><a href="${href}">${escape(name)}</a></h3>
${claims.length ? `<ul>${claims.join("")}</ul>` : ""}</li>`;
  });
  const agencies = letter ? [] : byName(dossier.agencies).map(({ id, name }) => `<li><a href="../agencies/${id}/index.html">${escape(name)}</a></li>`);
  const lede = letter ? "" : "Companies, claims, quotes, replies, sources, agencies, demands and events, by their words.";
  return `${opening(letter ? `Search, ${letter}` : "Search", lede, letter && "Search", letter ? "" : WITHOUT)}
${letter ? "" : FORM}
<section class="part" aria-labelledby="index_h">
<h2 id="index_h">${letter ? "Companies and their claims" : "The whole index"}</h2>
${isLettered ? letterNav(letterLinks([...lettered.keys()], letter)) : ""}
<ul class="index">
${entries.join("\n")}
</ul>
${agencies.length ? `<h3 class="index__head">Agencies</h3>
<ul class="index__list">${agencies.join("")}</ul>` : ""}
${letter ? "" : `<h3 class="index__head">Sources and dates</h3>
<ul class="index__list"><li><a href="../sources/index.html">All sources</a></li><li><a href="../timeline/index.html">The whole timeline</a></li></ul>`}
</section>`;
}
