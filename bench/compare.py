"""Whether two builds made the same pages: `python bench/compare.py A B`.

The `<main>` element of every page of A is compared with that of B: elements, attributes and text. Of white space only
that counts which a reader could see: runs of it are one blank, and none stands at the edge of a block. Pages that the
others are not asked for are in `LEFT_OUT`, each with the reason; what is no page, such as a feed, is not compared.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

INLINE = frozenset("a abbr b bdi br cite code em i input label q s small span strong sub sup time u".split())
"""Elements around which a blank can be seen; `label` and `input` stand in a line of a form."""
VOID = frozenset("area br col hr img input link meta source wbr".split())
LEFT_OUT = {
    "contribute/draft/index.html": "a form that is made of the keys the program knows, for its script to check",
    "companies/compare/index.html": "two companies side by side, a page that there is up to 60 companies",
}
"""Pages of ours that the others do not make, and why; none of them grows with a dossier."""
_BLANKS = re.compile(r"[ \t\n\r\f]+")


class _Main(HTMLParser):
    """The `<main>` element as a list of what it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._depth += 1
        if not self._depth:
            return
        self._flush(tag not in INLINE)
        said = "".join(f' {name}="{value or ""}"' for name, value in sorted(attrs))
        self.found.append(f"<{tag}{said}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<rect/>` and `<rect></rect>` are the same."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._depth:
            return
        self._flush(tag not in INLINE)
        self.found.append(f"</{tag}>")
        if tag == "main":
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._text += data

    def _flush(self, at_block: bool) -> None:
        text = _BLANKS.sub(" ", self._text)
        self._text = ""
        if self._after_block():
            text = text.lstrip(" ")
        if at_block:
            text = text.rstrip(" ")
        if text:
            self.found.append(text)

    def _after_block(self) -> bool:
        last = self.found[-1] if self.found else "<main>"
        name = re.match(r"</?([a-z0-9]+)", last)
        return bool(name and name[1] not in INLINE)


def parts(page: str) -> list[str]:
    """What the `<main>` of a page is made of: tags with their attributes in order, and texts."""
    reader = _Main()
    reader.feed(page)
    reader.close()
    return reader.found


@dataclass
class Compared:
    """How many pages of each kind were equal, and what differed first on those that were not."""

    equal: dict[str, int] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    different: list[tuple[str, str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    @property
    def total(self) -> tuple[int, int]:
        """Equal pages, and pages."""
        return sum(self.equal.values()), sum(self.pages.values())


def kind_of(path: Path) -> str:
    """What a page is one of: `companies/acme/index.html` is one of `companies/*`, `companies/acme/reply/index.html` is
    one of `companies/*/reply`; other pages are of their own."""
    folders = path.parts[:-1]
    return "/".join((folders[0], "*", *folders[2:])) if len(folders) > 1 else path.as_posix()


def compare(one: Path, other: Path, every: int = 1) -> Compared:
    """Compare every page of `one`, or every so-manieth, with the page of the same path in `other`."""
    found = Compared()
    paths = sorted(path.relative_to(one) for path in one.rglob("*.html"))
    found.left_out = [path.as_posix() for path in paths if path.as_posix() in LEFT_OUT]
    for path in [path for path in paths if path.as_posix() not in LEFT_OUT][::every]:
        kind = kind_of(path)
        found.pages[kind] = found.pages.get(kind, 0) + 1
        if not (other / path).is_file():
            found.missing.append(path.as_posix())
            continue
        first, second = (parts((folder / path).read_text("utf-8")) for folder in (one, other))
        if first == second:
            found.equal[kind] = found.equal.get(kind, 0) + 1
            continue
        at = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
        at = min(len(first), len(second)) if at is None else at
        here, there = ("".join(each[max(0, at - 2) : at + 3]) for each in (first, second))
        found.different.append((path.as_posix(), here, there))
    known = set(paths)
    found.more = sorted(p.as_posix() for path in other.rglob("*.html") if (p := path.relative_to(other)) not in known)
    return found


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Compare the pages of two builds.")
    parser.add_argument("one", type=Path, metavar="A")
    parser.add_argument("other", type=Path, metavar="B")
    parser.add_argument("--most", type=int, default=5, help="how many differences are shown (default: 5)")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="compare one page in N (default: all)")
    given = parser.parse_args(arguments)
    found = compare(given.one, given.other, given.every)
    equal, pages = found.total
    print(f"{equal} of {pages} pages are equal")
    for kind, many in found.pages.items():
        print(f"  {kind}: {found.equal.get(kind, 0)} of {many}")
    for title, paths in (("not in B", found.missing), ("only in B", found.more)):
        if paths:
            print(f"{title}: {len(paths)}, such as {', '.join(paths[: given.most])}")
    for left in found.left_out:
        print(f"not compared: {left}, {LEFT_OUT[left]}")
    for path, first, second in found.different[: given.most]:
        print(f"\n{path}\n  A: {first}\n  B: {second}")
    return 0 if equal == pages else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
