"""Small dossiers for tests, given as text and read in memory as the pipeline reads files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dossier.document import Document
from dossier.language import language
from dossier.link import link
from dossier.load import read_content, read_yaml
from dossier.pages import CompanyPage, Page
from dossier.plan import plan
from dossier.problems import Problem, in_order
from dossier.register import Records, Register
from dossier.validate import validate

TODAY = date(2026, 11, 22)
SITE = """\
title: A dossier
base_url: https://dossier.example/
languages: [en, fr]
repository: https://code.example/dossier
contact: desk@dossier.example
licence: CC0
publisher: The desk
"""


@dataclass(frozen=True, slots=True)
class Given:
    """What was read of some files, as far as reading came."""

    documents: tuple[Document, ...]
    records: Records
    register: Register | None
    problems: tuple[Problem, ...]

    @property
    def said(self) -> list[str]:
        """Every finding in a line: place, code and message."""
        return [f"{problem.span}: {problem.rule.code} {problem.message}" for problem in self.problems]


def read(files: Mapping[str, str | bytes]) -> Given:
    """These files by path, loaded, validated and linked; no rule of `checks/` is asked."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path, text in files.items():
        raw = text.encode() if isinstance(text, str) else text
        document, found = (read_content if path.endswith(".md") else read_yaml)(raw, path)
        documents.append(document)
        problems += found
    records, misread = validate(tuple(documents))
    register, unlinked = link(records)
    return Given(tuple(documents), records, register, in_order((*problems, *misread, *unlinked)))


def data(text: str, site: str = SITE, **content: str) -> Given:
    """One data file beside a site file. `content` are prose pages: `about_en` is content/about.en.md."""
    pages = {f"content/{name.replace('_', '.')}.md": page for name, page in content.items()}
    return read({"data/site.yaml": site, "data/companies.yaml": text, **pages})


def register(text: str, site: str = SITE, **content: str) -> Register:
    """The register of a dossier that reads without a finding."""
    given = data(text, site, **content)
    assert given.said == [], "\n".join(given.said)
    assert given.register is not None
    return given.register


def pages(text: str, site: str = SITE, **content: str) -> dict[str, Page]:
    """Every page of a dossier by its path."""
    return {page.frame.path: page for page in plan(register(text, site, **content), TODAY)}


def company_page(text: str, company: str = "crust", site: str = SITE) -> CompanyPage:
    """The English page of one company."""
    page = pages(text, site)[f"companies/{company}/index.html"]
    assert isinstance(page, CompanyPage)
    return page


ENGLISH = language("en", "en")
FRENCH = language("fr", "en")
