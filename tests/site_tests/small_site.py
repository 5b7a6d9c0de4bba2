"""A small site that keeps every rule, to be broken one rule at a time."""

from __future__ import annotations

from collections.abc import Mapping

from tests.site_tests.published import Site

BASE = "https://example.org/dossier/"
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'none'; base-uri 'none'"
_ALTERNATES = f"""\
<link rel="alternate" hreflang="en" href="{BASE}index.html">
<link rel="alternate" hreflang="fr" href="{BASE}fr/index.html">
<link rel="alternate" hreflang="x-default" href="{BASE}index.html">
"""

_ENGLISH = f"""\
<!DOCTYPE html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Claims and replies</title>
<link rel="stylesheet" href="styles/site.css">
<script src="scripts/filter.js" defer></script>
<link rel="canonical" href="{BASE}index.html">
{_ALTERNATES}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><p>The dossier</p>
<nav aria-label="Main parts"><a href="fr/index.html" hreflang="fr" lang="fr">Français</a></nav></header>
<main id="content">
<h1>Claims</h1>
<nav aria-label="On this page"><a href="#order">The order</a></nav>
<h2>What is said</h2>
<article id="order" data-claim="order" aria-labelledby="order-h">
<h3 id="order-h">An order</h3>
<p>A report says so<a href="#ref-1" id="cite-1-1" role="doc-noteref">[source 1]</a>,
another as well<a href="#ref-2" id="cite-2-1" role="doc-noteref">[source 2]</a>.</p>
<img src="images/mark.svg" alt="A mark">
</article>
<ol class="references">
<li id="ref-1"><a href="https://news.example/report">A report</a>, <span lang="fr">dans le journal</span>
<a href="#cite-1-1">Back</a></li>
<li id="ref-2">Another report <a href="#cite-2-1">Back</a></li>
</ol>
</main>
<footer><p>Words under a free licence</p></footer>
</body>
</html>
"""

_FRENCH = f"""\
<!DOCTYPE html>
<html lang="fr-CA">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Affirmations et réponses</title>
<link rel="stylesheet" href="../styles/site.css">
<link rel="canonical" href="{BASE}fr/index.html">
{_ALTERNATES}</head>
<body>
<a class="skip" href="#content">Aller au contenu</a>
<header><nav aria-label="Parties principales"><a href="../index.html" hreflang="en" lang="en">English</a></nav></header>
<main id="content">
<h1>Affirmations</h1>
<article id="order" data-claim="order">
<p>Un reportage le dit<a href="#ref-1" id="cite-1-1" role="doc-noteref">[source 1]</a>.</p>
</article>
<ol class="references">
<li id="ref-1">Un reportage <a href="#cite-1-1">Retour</a></li>
</ol>
</main>
<footer><p>Textes sous licence libre</p></footer>
</body>
</html>
"""

_NOT_FOUND = f"""\
<!DOCTYPE html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Not found</title>
<link rel="stylesheet" href="{BASE}styles/site.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><nav aria-label="Main parts"><a href="{BASE}index.html">Home</a></nav></header>
<main id="content"><h1>Not found</h1></main>
<footer><p>Words under a free licence</p></footer>
</body>
</html>
"""

_SITEMAP = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{BASE}index.html</loc></url>
<url><loc>{BASE}fr/index.html</loc></url>
</urlset>
"""

FILES: Mapping[str, str] = {
    "index.html": _ENGLISH,
    "fr/index.html": _FRENCH,
    "404.html": _NOT_FOUND,
    "styles/site.css": '@import "base.css";\nol { list-style-image: url(../images/mark.svg); }\n',
    "styles/base.css": "p { margin: 0; }\n",
    "scripts/filter.js": "document.title = 'http';\n",
    "images/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n',
    "_headers": f"/*\n  Content-Security-Policy: {_POLICY}; frame-ancestors 'none'\n",
    "sitemap.xml": _SITEMAP,
}


def small_site(path: str = "", old: str = "", new: str = "") -> Site:
    """The good site, or the one in which `new` stands in a file for the one place where `old` stood."""
    files = dict(FILES)
    if path:
        text = files.get(path, "")
        assert not old or text.count(old) == 1, (
            f"{path} holds {old!r} {text.count(old)} times: the case would prove nothing"
        )
        files[path] = text.replace(old, new) if old else new
    return Site(BASE, ("en", "fr"), {name: text.encode() for name, text in files.items()})
