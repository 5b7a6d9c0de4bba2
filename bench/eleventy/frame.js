// What stands around every page: templates/base.html.

import { escape } from "./words.js";

const CSP = "default-src &#39;none&#39;; style-src &#39;self&#39;; img-src &#39;self&#39;; form-action &#39;none&#39;; base-uri &#39;none&#39;";
const MENU = [
  ["Companies", "companies"],
  ["Timeline", "timeline"],
  ["Sources", "sources"],
  ["Agencies", "agencies"],
  ["Method", "methodology"],
];
const FOOTER = [
  ["Method", "methodology"],
  ["Changes", "changes"],
  ["Corrections", "corrections"],
  ["Weak points", "weak-points"],
  ["Data", "data"],
];

// Where those who follow a page can do so. The files themselves are not made here.
export const FOLLOW = `<p class="checked">Follow changes in a feed reader: <a href="feed.xml">Atom</a>, <a href="feed.json">JSON Feed</a></p>`;

// `root` leads from the page to the root of the site, `up` to its section: "../../", "../". `feed` says where the feeds
// of the page stand, if it has any; `desk` that it is for one reader, and in no index.
export function frame(site, path, { title, description, section, root, up, feed, desk }, main) {
  const whole = title === site.title ? title : `${title} – ${site.title}`;
  const [name, says] = [escape(whole), escape(description || site.description)];
  const address = site.base_url + path;
  const feeds = feed === undefined ? [] : [["atom+xml", name, `${feed}feed.xml`], ["feed+json", name, `${feed}feed.json`]];
  if (feed !== root) feeds.push(["atom+xml", `Changes – ${escape(site.title)}`, `${root}feed.xml`]);
  const link = ([text, to]) => {
    const href = section === to ? `${up}index.html` : `${root}${to}/index.html`;
    return `<li><a href="${href}"${section === to ? ' aria-current="true"' : ""}>${text}</a></li>`;
  };
  return `<!DOCTYPE html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${says}">${desk ? '\n<meta name="robots" content="noindex">' : ""}
<title>${name}</title>
<link rel="stylesheet" href="${root}assets/site.css">
<link rel="canonical" href="${address}">
${feeds.map(([kind, of, href]) => `<link rel="alternate" type="application/${kind}" title="${of}" href="${href}">\n`).join("")}<meta property="og:type" content="website">
<meta property="og:title" content="${name}">
<meta property="og:description" content="${says}">
<meta property="og:url" content="${address}">
<meta property="og:site_name" content="${escape(site.title)}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="masthead">
<div class="frame">
<a class="masthead__name" href="${root}index.html">${escape(site.title)}</a>
<nav aria-label="Main">
<ul class="links">
${MENU.map(link).join("\n")}
</ul>
</nav>
</div>
</header>
<main id="content" class="frame">
${main}
</main>
<footer class="footer">
<div class="frame">
<nav aria-label="More pages">
<ul class="links">
${FOOTER.map(link).join("\n").replaceAll(' aria-current="true"', "")}
</ul>
</nav>
<p>Every claim on these pages is a statement by a named source. Counts, labels and numbers are computed from the data. No script, no request to another host, no record of readers.</p>
<p>Published by ${escape(site.publisher)}. Licence: ${escape(site.licence)}. <a href="${site.contact}">Write to the editors</a></p>
</div>
</footer>
</body>
</html>
`;
}
