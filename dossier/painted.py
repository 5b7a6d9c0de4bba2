"""The drawings of a page with their paint written on them. WeasyPrint shows the styles of a page to everything but its
drawings, and what has no paint told is solid black: a ceiling would look like money that was paid.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

from dossier.patterns import regex

SVG = "{http://www.w3.org/2000/svg}"
PAINT = {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "vector-effect"}
WIDTH = 700
"""Of a drawing as wide as a sheet, in pixels of CSS, near enough for the width of a line."""
_VARIABLE = regex(r"var\(\s*(--[\w-]+)\s*\)")
_WITHIN = regex(r"""url\(["']?#([\w-]+)["']?\)""")


def paint(root: Element, style: str, font: str) -> None:
    """Give each part of each drawing, as attributes, the paint that the style sheet has for it in print, and what it
    says the family `font`."""
    import cssselect2  # type: ignore[import-untyped]
    import tinycss2  # type: ignore[import-untyped]

    variables: dict[str, str] = {}
    matcher = cssselect2.Matcher()
    for selector, name, value in _declared(tinycss2.parse_stylesheet(style, True, True)):
        if name.startswith("--") and selector == ":root":
            variables[name] = value
        elif name in PAINT:
            with suppress(cssselect2.SelectorError):  # a rule for some browser
                for each in cssselect2.compile_selector_list(selector):
                    matcher.add_selector(each, (name, value))
    patterns = {each.get("id"): each for each in root.iter(f"{SVG}pattern")}
    for element in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        part = element.etree_element
        if not str(part.tag).startswith(SVG):
            continue
        for _, _, pseudo, (name, value) in matcher.match(element):
            if pseudo is None:
                part.set(name, _VARIABLE.sub(lambda found: variables.get(found[1], "currentColor"), value))
        if part.tag == f"{SVG}text":
            part.set("font-family", font)
            part.set("font-size", "9")
    for drawing in root.iter(f"{SVG}svg"):
        _have_patterns(drawing, patterns)
        for inner in drawing.iter(f"{SVG}svg"):
            if inner is not drawing:
                _stretch(inner)


def _stretch(inner: Element) -> None:
    """A drawing within a drawing as wide as that, with lines that stay thin: WeasyPrint 70 does neither by itself."""
    inner.set("width", inner.get("width", "100%"))
    units = float((inner.get("viewBox") or f"0 0 {WIDTH} 0").split()[2])
    for part in inner.iter():
        if part.get("vector-effect") == "non-scaling-stroke":
            part.set("stroke-width", f"{float(part.get('stroke-width', '1')) * units / WIDTH:.4f}")


def _have_patterns(drawing: Element, patterns: dict[str | None, Element]) -> None:
    """A drawing sees no pattern but its own."""
    own = {each.get("id") for each in drawing.iter(f"{SVG}pattern")}
    for part in list(drawing.iter()):
        if found := _WITHIN.fullmatch(part.get("fill", "")):
            name = found[1]
            part.set("fill", f"url(#{name})")
            if name not in own and name in patterns:
                own.add(name)
                drawing.insert(0, copy.deepcopy(patterns[name]))


def _declared(rules: list[Any]) -> Iterator[tuple[str, str, str]]:
    """Every declaration of the style sheet that holds in print, in order: its selector, name and value."""
    import tinycss2

    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            within = tinycss2.serialize(rule.prelude).strip()
            if rule.lower_at_keyword == "layer" or (rule.lower_at_keyword == "media" and within == "print"):
                yield from _declared(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule":
            selector = tinycss2.serialize(rule.prelude).strip()
            for each in tinycss2.parse_blocks_contents(rule.content, True, True):
                if each.type == "declaration":
                    yield selector, each.name, tinycss2.serialize(each.value).strip()
