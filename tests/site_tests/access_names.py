"""Names, roles and levels as a screen reader hears them, from the accessibility tree that Chromium makes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_CONTROLS = frozenset("link button DisclosureTriangle textbox searchbox combobox checkbox radio switch slider "
                      "doc-noteref doc-backlink listbox spinbutton tab menuitem option".split())  # fmt: skip
_NAMED = _CONTROLS | frozenset("image table figure form dialog article navigation region Iframe heading".split())
# A figure is named by what it holds; so are articles, if they have no heading.
_MAY_BE_NAMELESS = frozenset({"figure", "article", "option"})
_UNITS = frozenset("paragraph listitem doc-endnote row cell gridcell heading Figcaption figure definition "
                   "navigation article region blockquote".split())  # fmt: skip
_PARTS = frozenset({"group", "radiogroup"})
_CELLS = frozenset({"cell", "gridcell"})
_TABLES = frozenset({"table", "grid"})
_HEADERS = frozenset({"columnheader", "rowheader"})


@dataclass(frozen=True, slots=True)
class Heard:
    """One node: what it is, what it is called, where it leads (of a link), its level (of a heading)."""

    role: str
    name: str
    place: str
    level: int
    parent: str
    children: tuple[str, ...]


class Tree:
    """The nodes by their ids, in the order in which they are read."""

    def __init__(self, nodes: list[dict[str, Any]]) -> None:
        self.nodes: Mapping[str, Heard] = {node["nodeId"]: _heard(node) for node in nodes}
        self._ignored = frozenset(node["nodeId"] for node in nodes if node["ignored"])
        (self._root,) = (node["nodeId"] for node in nodes if "parentId" not in node)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of all that is heard, in the order of reading."""
        ahead, found = [self._root], []
        while ahead:
            at = ahead.pop()
            if at not in self._ignored:
                found.append(at)
            ahead += reversed([each for each in self.nodes[at].children if each in self.nodes])
        return tuple(found)

    def within(self, node: str) -> Iterator[Heard]:
        for child in self.nodes[node].children:
            if child in self.nodes:
                yield self.nodes[child]
                yield from self.within(child)

    def text(self, node: str) -> str:
        return "".join(each.name for each in self.within(node) if each.role == "StaticText")

    def around(self, node: str, units: frozenset[str] = _UNITS) -> tuple[str, ...]:
        """The words around a link that say what it is for: of its sentence, list item, row, menu or part (as
        technique H80 has it). Of a link that is a heading, what stands under it."""
        found = []
        while node := self.nodes[node].parent:
            if self.nodes[node].role in units:
                is_heading = self.nodes[node].role == "heading"
                found.append(self.text(self.nodes[node].parent if is_heading else node))
            if self.nodes[node].role in _CELLS:
                found.append(self._head(node))
        return tuple(found)

    def _head(self, cell: str) -> str:
        """What stands at the top of the column of a cell."""
        row, table = self.nodes[cell].parent, cell
        while table and self.nodes[table].role not in _TABLES:
            table = self.nodes[table].parent
        heads = [each for each in self.within(table) if each.role == "columnheader"] if table else []
        at = [each for each in self.nodes[row].children if each in self.nodes].index(cell)
        return heads[at].name if at < len(heads) else ""


def _heard(node: Mapping[str, Any]) -> Heard:
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", ())}
    return Heard(
        role=node.get("role", {}).get("value", ""),
        name=" ".join(str(node.get("name", {}).get("value", "")).split()),
        place=str(told.get("url", "")).partition("#:~:")[0],
        level=int(told.get("level", 0)),
        parent=node.get("parentId", ""),
        children=tuple(node.get("childIds", ())),
    )


def misheard(nodes: list[dict[str, Any]]) -> list[str]:
    """What a screen reader cannot tell its listener: 1.1.1, 1.3.1, 2.4.4, 2.4.6, 4.1.2."""
    tree = Tree(nodes)
    return [*_landmarks(tree), *_levels(tree), *_nameless(tree), *_like_named(tree), *_tables(tree)]


def _all(tree: Tree, *roles: str) -> list[str]:
    return [each for each in tree.order if tree.nodes[each].role in roles]


def _landmarks(tree: Tree) -> Iterator[str]:
    for role in ("main", "banner", "contentinfo"):
        if len(_all(tree, role)) != 1:
            yield f"{len(_all(tree, role))} landmarks of the role {role}"
    names = [tree.nodes[each].name for each in _all(tree, "navigation", "region", "search", "form")]
    for name in sorted({each for each in names if names.count(each) > 1}):
        yield f"{names.count(name)} landmarks are called {name!r}"


def _levels(tree: Tree) -> Iterator[str]:
    levels = [(tree.nodes[each].level, tree.nodes[each].name) for each in _all(tree, "heading")]
    if sum(level == 1 for level, _ in levels) != 1:
        yield f"{sum(level == 1 for level, _ in levels)} headings of level 1"
    for (before, _), (level, name) in zip([(0, ""), *levels], levels, strict=False):
        if level > before + 1:
            yield f"the heading {name!r} of level {level} follows one of level {before}"


def _nameless(tree: Tree) -> Iterator[str]:
    for each in tree.order:
        node = tree.nodes[each]
        is_ornament = tree.nodes[node.parent].role == "ListMarker" if node.parent else False
        if node.role in _NAMED - _MAY_BE_NAMELESS and not node.name and not is_ornament:
            yield f"a {node.role} without a name, in {tree.around(each)[:1]}"


def _like_named(tree: Tree) -> Iterator[str]:
    """Links of one name lead to one place, unless the words around them differ. Controls of one name are told apart by
    the article or group of controls that they stand in."""
    places = defaultdict(set)
    for each in _all(tree, "link", "doc-noteref", "doc-backlink"):
        node = tree.nodes[each]
        places[node.name.casefold(), tree.around(each)].add(node.place)
    for (name, _), found in places.items():
        if len(found) > 1:
            yield f"{len(found)} links are called {name!r} and lead to {sorted(found)[:2]}"
    controls = _all(tree, "button", "DisclosureTriangle", "searchbox", "textbox", "checkbox", "radio", "combobox")
    names = Counter((tree.nodes[each].name, tree.around(each, _UNITS | _PARTS)) for each in controls)
    for (name, _), count in names.items():
        if count > 1:
            yield f"{count} controls are called {name!r}"


def _tables(tree: Tree) -> Iterator[str]:
    for table in _all(tree, *_TABLES):
        if not any(each.role in _HEADERS for each in tree.within(table)):
            yield f"the table {tree.nodes[table].name!r} has no headers"
