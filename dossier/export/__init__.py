"""A register to files for machines: tables, one document, one database, bibliographies, and what servers read.

Everything stands at the root of the output, once for all languages. The same register and date give the same bytes on
every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dossier.export import bibliography
from dossier.export.addresses import Absolute
from dossier.export.columns import FORMAT
from dossier.export.database import as_sqlite
from dossier.export.package import as_package
from dossier.export.spreadsheet import as_csv
from dossier.export.tables import tables
from dossier.export.web import Listed, headers, robots, sitemap
from dossier.export.whole import as_json
from dossier.pages import File
from dossier.register import Register

__all__ = ["PUBLISHED", "Listed", "export"]

PUBLISHED = ("claims", "companies", "sources")
"""Tables that are published as CSV, each in a file of its name."""


def export(register: Register, today: date, pages: Iterable[Listed]) -> tuple[File, ...]:
    """All files for machines.

    `pages` are the HTML pages for the sitemap, each with its language versions, itself among them.
    """
    made = tables(register)
    works = bibliography.works(register)
    at = Absolute.of(register)
    about = {
        "format": str(FORMAT),
        "generated_for": today.isoformat(),
        "url": at.base,
        **{f"title_{code}": words for code, words in register.site.title},
        **{f"licence_{code}": words for code, words in register.site.licence},
    }
    data = (
        *(File(f"data/{name}.csv", as_csv(made[name])) for name in PUBLISHED),
        File("data/dossier.json", as_json(register, today)),
        File("data/dossier.sqlite", as_sqlite(made.values(), about)),
        File("data/sources.bib", bibliography.as_bibtex(works)),
        File("data/sources.ris", bibliography.as_ris(works)),
        File("data/sources.csl.json", bibliography.as_csl(works)),
    )
    return (
        *data,
        File("data/datapackage.json", as_package(register, today, made, data)),
        File("sitemap.xml", sitemap(pages, at)),
        File("_headers", headers()),
        File("robots.txt", robots(at)),
    )
