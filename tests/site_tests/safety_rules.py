"""The reader is not tracked: no page asks another host for anything, and only files of the site run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import turbohtml

from tests.site_tests.published import Page, Site

# Links of these kinds are for people and robots to follow; every other kind makes the browser fetch something.
_RELATIONS_NOT_FETCHED = frozenset(
    "alternate author bookmark canonical cite-as describedby help license me next prev privacy-policy search "
    "terms-of-service up".split()
)
_FETCHED = (
    ("audio", "src"), ("button", "formaction"), ("embed", "src"), ("feimage", "href"), ("form", "action"),
    ("frame", "src"), ("iframe", "src"), ("image", "href"), ("image", "xlink:href"), ("img", "src"),
    ("input", "formaction"), ("input", "src"), ("object", "data"), ("script", "src"), ("source", "src"),
    ("track", "src"), ("use", "href"), ("use", "xlink:href"), ("video", "poster"), ("video", "src"),
)  # fmt: skip
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""")
_HOST_IN_SCRIPT = re.compile(r"""["'`](?:https?:)?//[\w.-]+\.\w+[^"'`]*""")
_NAMESPACE = "//www.w3.org/"
# What a policy must say, and all that any of its directives may allow. Compiled search indexes may run, text may not.
_POLICY = {"default-src": {"'none'"}, "base-uri": {"'none'"}, "form-action": {"'none'", "'self'"}}
_MILD = {"'none'", "'self'", "'wasm-unsafe-eval'"}


def no_other_host(page: Page, site: Site) -> Iterator[str]:
    """Reading the page makes no request to another host; links to other hosts wait for a click."""
    for each in page.elements:
        for href in _fetched_by(each):
            if _is_foreign(href, page, site):
                yield f"{each.source_line}: <{each.tag}> fetches {href}"


def nothing_inline(page: Page, site: Site) -> Iterator[str]:
    """Scripts and styles are files: no inline script or style, no `style` or `on...` attribute, no script address."""
    for each in page.elements:
        if each.tag == "style" or (each.tag == "script" and not each.attr("src")):
            yield f"{each.source_line}: inline <{each.tag}>"
        for name, value in each.attrs.items():
            if name == "style" or name.startswith("on"):
                yield f"{each.source_line}: {name} attribute on <{each.tag}>"
            if isinstance(value, str) and re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE):
                yield f"{each.source_line}: {name}={value[:40]!r}"


def strict_policy(page: Page, site: Site) -> Iterator[str]:
    """A Content-Security-Policy stands before anything is fetched, starts from nothing and names no host."""
    metas = [each for each in page.select("meta[http-equiv]") if _equals(each, "http-equiv", "content-security-policy")]
    if len(metas) != 1:
        yield f"1: {len(metas)} Content-Security-Policy meta elements"
        return
    fetching = [each for each in page.select("link, script, img") if any(_fetched_by(each))]
    if fetching and page.elements.index(metas[0]) > page.elements.index(fetching[0]):
        yield f"{metas[0].source_line}: the policy stands after <{fetching[0].tag}>, which it must cover"
    for complaint in policy_complaints(metas[0].attr("content") or ""):
        yield f"{metas[0].source_line}: {complaint}"


def policy_complaints(policy: str) -> Iterator[str]:
    """What is lax in a policy, wherever it is sent: in a meta element or in a header."""
    directives = {words[0].lower(): words[1:] for part in policy.split(";") if (words := part.split())}
    for name, allowed in _POLICY.items():
        said = directives.get(name, [])
        if not said or not {*said} <= allowed:
            yield f"{name} is {' '.join(said) or 'not set'}, and should be {' or '.join(sorted(allowed))}"
    for name, values in directives.items():
        for value in values:
            if value not in _MILD:
                yield f"{name} allows {value}"


def styles_fetch_nothing_foreign(site: Site) -> Iterator[str]:
    """Style sheets fetch from the site alone, and what they name exists."""
    for path, text in site.styles.items():
        for found in _CSS_URL.finditer(text):
            href = found[1] if found[1] is not None else found[2]
            line = text.count("\n", 0, found.start()) + 1
            target = site.target(path, href)
            if target is None:
                yield f"{path}:{line}: fetches {href}"
            elif not href.startswith("#") and target[0] not in site.files:
                yield f"{path}:{line}: {href} is not in the site"


def scripts_name_no_host(site: Site) -> Iterator[str]:
    """Scripts hold no address of another host."""
    for path, text in site.scripts.items():
        for found in _HOST_IN_SCRIPT.finditer(text):
            if _NAMESPACE not in found[0] and not found[0][1:].startswith(site.base_url):
                yield f"{path}:{text.count(chr(10), 0, found.start()) + 1}: names {found[0][1:]}"


def policy_in_headers(site: Site) -> Iterator[str]:
    """`_headers`, for hosts that read it, sends a policy as strict as the pages'."""
    text = site.files.get("_headers", b"").decode()
    found = re.findall(r"^\s+Content-Security-Policy:\s*(.+)$", text, re.IGNORECASE | re.MULTILINE)
    if not found:
        yield "_headers: sends no Content-Security-Policy"
    for policy in found:
        for complaint in policy_complaints(policy):
            yield f"_headers: {complaint}"


def _fetched_by(element: turbohtml.Element) -> Iterator[str]:
    tag = element.tag.lower()
    if tag == "link" and not {*(element.attr("rel") or "").lower().split()} <= _RELATIONS_NOT_FETCHED:
        yield element.attr("href") or ""
    if tag == "meta" and _equals(element, "http-equiv", "refresh"):
        yield (element.attr("content") or "").partition("=")[2].strip("'\" ")
    for name, attribute in _FETCHED:
        if tag == name and (href := element.attr(attribute)):
            yield href
    for attribute in ("srcset", "imagesrcset"):
        for candidate in (element.attr(attribute) or "").split(","):
            if candidate.split():
                yield candidate.split()[0]
    yield from (element.attr("ping") or "").split()
    for attribute in ("fill", "stroke", "filter", "mask", "clip-path"):
        yield from (found[1] for found in _CSS_URL.finditer(element.attr(attribute) or ""))


def _is_foreign(href: str, page: Page, site: Site) -> bool:
    parts = urlsplit(href)
    return bool(parts.scheme or parts.netloc) and site.target(page.path, href) is None


def _equals(element: turbohtml.Element, attribute: str, value: str) -> bool:
    return (element.attr(attribute) or "").strip().lower() == value
