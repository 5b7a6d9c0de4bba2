"""Pages to files: each page through its own template, and the style sheets as one.

Templates of a root win over ours, file by file. They see one page and the words of its language; an unknown name in a
template is an error, and everything a contributor typed is escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from types import CodeType

from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from dossier.language import Language, language
from dossier.pages import File, Page

OURS = Path(__file__).parent.parent / "templates"
_IMPORT = re.compile(r'@import url\("([a-z0-9_/-]+\.css)"\) layer\(([a-z]+)\);\n?')
_EMPTY_LINES = re.compile(r"(<pre>.*?</pre>)|\n\s*\n+", re.DOTALL)
"""What templates leave behind; but in a block of code they are the author's."""


class _Compiled(BytecodeCache):
    """Templates compiled once for all languages and for every build of a process, by their source."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def environment(words: Language, folders: Sequence[Path], stylesheet: str) -> Environment:
    """Jinja for one language. `folders` are searched in order."""
    loader: BaseLoader = FileSystemLoader([str(folder) for folder in folders])
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_COMPILED,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals["stylesheet"] = stylesheet
    return made


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


def render(pages: Sequence[Page], default: str, root: Path | None = None) -> tuple[File, ...]:
    """Every page as a file, and the style sheet they share. `default` is the site's first language.

    Raises jinja2's `TemplateError` where a template is wrong; that is a fault of the template, not of the data.
    """
    ours = OURS.resolve()
    theirs = (root / "templates").resolve() if root else ours
    folders = [folder for folder in dict.fromkeys((theirs, ours)) if folder.is_dir()]
    sheet = styles(folders)
    environments: dict[str, Environment] = {}
    files = [sheet] if sheet else []
    for page in pages:
        code = page.frame.code
        if code not in environments:
            environments[code] = environment(language(code, default), folders, sheet.path if sheet else "")
        text = environments[code].get_template(page.template).render(page=page)
        files.append(File(page.frame.path, _EMPTY_LINES.sub(lambda found: found[1] or "\n", text).encode()))
    return tuple(files)
