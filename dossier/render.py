"""Pages to files: each page through its own template, and the style sheets as one.

Templates of a root win over ours, file by file. They see one page and the words of its language; an unknown name in a
template is an error, and everything a contributor typed is escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dossier.compiled import NAMES, compiled, page_function, unindented
from dossier.expressions import NotPlain, told
from dossier.language import Language, language
from dossier.pages import File, Page
from dossier.patterns import regex

if TYPE_CHECKING:
    from jinja2 import Environment

Scripts = tuple[tuple[str, str], ...]
OURS = Path(__file__).parent.parent / "templates"
_IMPORT = regex(r'@import url\("([a-z0-9_/-]+\.css)"\) layer\(([a-z]+)\);\n?')
_NOT_SENT = regex(r"^[ \t]*//.*\n|^\s+", re.MULTILINE)
_EMPTY_LINES = regex(r"\n\s*\n")
_EMPTY_LINES_BUT_IN_CODE = regex(r"(<pre>.*?</pre>)|\n\s*\n", re.DOTALL)


def environment(words: Language, folders: Sequence[Path], stylesheet: str, scripts: Scripts = ()) -> Environment:
    """Jinja for one language. `folders` are searched in order; `scripts` are names with the paths of their files."""
    # Imported here, since most pages need no Jinja, and loading it takes longer than making some hundred of them.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.ext import Extension

    class Unindented(Extension):
        def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
            return unindented(source)

    made = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", Unindented],
    )
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals |= {"stylesheet": stylesheet, "scripts": dict(scripts)}
    return made


_kept_environment = lru_cache(maxsize=8)(environment)
"""Templates that Jinja compiles stay compiled from build to build, until they change on the disk."""


def styles(folders: Sequence[Path]) -> File | None:
    """All style sheets as one file, in cascade layers in the order of `site.css`, named by its content."""

    def read(name: str) -> str | None:
        return next(
            (
                (folder / "styles" / name).read_text("utf-8")
                for folder in folders
                if (folder / "styles" / name).is_file()
            ),
            None,
        )

    site = read("site.css")
    if site is None:
        return None
    names = list(dict.fromkeys(layer for _, layer in _IMPORT.findall(site)))
    parts = [f"@layer {', '.join(names)};\n"]
    for name, layer in _IMPORT.findall(site):
        text = re.sub(r"/\*.*?\*/\s*", "", read(name) or "", flags=re.DOTALL)
        parts.append(f"@layer {layer} {{\n{text.strip()}\n}}\n")
    content = "".join(parts).encode()
    return File(f"assets/site.{hashlib.sha256(content).hexdigest()[:10]}.css", content)


def scripts(folders: Sequence[Path]) -> dict[str, File]:
    """Each folder of `scripts/` as one file, by its name: its parts in the order of theirs, and the whole named by its
    content. What parts name stays among them, and comments and indentation stay here: no line of a script may depend on
    its blanks."""
    found: dict[str, dict[str, Path]] = {}
    for folder in reversed(folders):
        for path in sorted((folder / "scripts").glob("*/*.js")):
            found.setdefault(path.parent.name, {})[path.name] = path
    made = {}
    for name, parts in sorted(found.items()):
        texts = [parts[each].read_text("utf-8") for each in sorted(parts)]
        content = _NOT_SENT.sub("", "\n".join(("'use strict';\n(() => {", *texts, "})();\n"))).encode()
        made[name] = File(f"assets/{name}.{hashlib.sha256(content).hexdigest()[:10]}.js", content)
    return made


def icon(folders: Sequence[Path]) -> File:
    """The mark of the site in a browser's tab. Browsers ask for one in any case, and a site without it answers that
    there is none, to each reader anew."""
    found = next(path for folder in folders if (path := folder / "icon.svg").is_file())
    return File("icon.svg", found.read_bytes())


class Printed(Protocol):
    """What a template prints: it names its own."""

    @property
    def template(self) -> str: ...


class Renderer:
    """Makes files of pages, one at a time. `default` is the site's first language, `root` the folder whose own
    templates win."""

    def __init__(self, default: str, root: Path | None = None) -> None:
        ours = OURS.resolve()
        theirs = (root / "templates").resolve() if root else ours
        self._default = default
        self._folders = [folder for folder in dict.fromkeys((theirs, ours)) if folder.is_dir()]
        self._languages: dict[str, _Templates] = {}
        self.stylesheet = styles(self._folders)
        self.scripts = scripts(self._folders)
        self.icon = icon(self._folders)

    def found(self, name: str) -> Path | None:
        """The file of this name below the templates."""
        return next((folder / name for folder in self._folders if (folder / name).is_file()), None)

    @property
    def assets(self) -> tuple[File, ...]:
        """The files that pages share."""
        return (*((self.stylesheet,) if self.stylesheet else ()), *self.scripts.values(), self.icon)

    def file(self, page: Page) -> File:
        """Raises jinja2's `TemplateError` where a template is wrong: a fault of the template, not of the data."""
        return File(page.frame.path, _without_empty_lines(self.text(page, page.frame.code)).encode())

    def text(self, page: Printed, code: str) -> str:
        """What the template of anything that has one makes of it, in the words of a language."""
        if code not in self._languages:
            sheet = self.stylesheet.path if self.stylesheet else ""
            run = tuple((name, file.path) for name, file in self.scripts.items())
            self._languages[code] = _Templates(language(code, self._default), self._folders, sheet, run)
        return self._languages[code].text(page)


class _Templates:
    """The templates of one language: as functions where `compiled` can make these, else as Jinja's own."""

    def __init__(self, words: Language, folders: Sequence[Path], stylesheet: str, scripts: Scripts) -> None:
        self._words, self._folders, self._assets = words, folders, (stylesheet, scripts)
        self._functions: dict[str, Any] = {**NAMES, "stylesheet": stylesheet, "scripts": dict(scripts)}
        self._plain: dict[str, bool] = {}

    def text(self, page: Printed) -> str:
        name = page.template
        try:
            if name not in self._plain:
                self._plain[name] = self._made(name)
            if self._plain[name]:
                text: str = self._functions[page_function(name)](page, {})
                return text
        except Exception:
            # What is wrong, or only unlike what can be compiled here, Jinja tells better: with its place in a template.
            self._plain[name] = False
        jinja = _kept_environment(self._words, tuple(self._folders), *self._assets)
        return jinja.get_template(name).render(page=page)

    def _made(self, name: str) -> bool:
        """Whether there are functions now for the template and for all that it needs."""
        left = [name]
        while left:
            each = left.pop()
            if page_function(each) in self._functions:
                continue
            source = next((folder / each for folder in self._folders if (folder / each).is_file()), None)
            try:
                made = compiled(each, source.read_text("utf-8")) if source else None
            except NotPlain:
                made = None
            if made is None:
                return False
            self._functions |= {told(message): self._words.gettext(message) for message in made.messages}
            exec(made.code, self._functions)
            left += made.needs
        return True


def _without_empty_lines(text: str) -> str:
    """Empty lines are what templates leave behind; but in a block of code they are the author's."""
    if "<pre>" in text:
        return _EMPTY_LINES_BUT_IN_CODE.sub(lambda found: found[1] or "\n", text)
    return _EMPTY_LINES.sub("\n", text)


def render(pages: Sequence[Page], default: str, root: Path | None = None) -> tuple[File, ...]:
    """Every page as a file, and what they share."""
    renderer = Renderer(default, root)
    return (*renderer.assets, *(renderer.file(page) for page in pages))
