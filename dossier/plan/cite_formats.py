"""A page or claim as styles and programs cite it.

The editors are both author and publisher, the site is what contains the page, and the date is the day on which it came
to say what it says; a page of which that is not known is undated. There is no date of retrieval: the day of the build
is not the day of the reader, and where a page has a version this says more. Styles follow the Publication Manual of the
American Psychological Association (7th edition), The Chicago Manual of Style (17th and 18th, notes and bibliography)
and the MLA Handbook (9th), each with the punctuation of the page's language.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape as escape_
from typing import TYPE_CHECKING

from dossier.citing import Cited, Format, bibtex_url, latex, one_line, wiki, wiki_url
from dossier.dates import parse_edtf
from dossier.json_text import encoder
from dossier.values import Html

if TYPE_CHECKING:
    from dossier.plan.edition import Edition

PEOPLE = 3
"""How many of the formats are for people to read: they stand first."""
_ENDS = (".", "!", "?", "…")
_SHORT = {
    "en": "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(),
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split(),
}
"""Months as the MLA Handbook and the OQLF shorten them."""
_encode = encoder()
escape = lru_cache(maxsize=256)(escape_)
"""Editors, site, title and address stand in each style."""


def formats(edition: Edition, cited: Cited) -> tuple[Format, ...]:
    """APA, Chicago and MLA, then Wikipedia's template, BibTeX, RIS and CSL-JSON."""
    site, publisher = one_line(edition.site_title), one_line(edition.publisher)
    say, title = edition.say, one_line(cited.title)
    version = say("Version %(version)s", version=cited.version) if cited.version else ""
    version = version[:1].lower() + version[1:]
    mixed = "mul" if cited.lang else ""  # BCP 47's tag for words of several languages
    return (
        Format("APA", Html(_apa(edition, cited, publisher, site, title, version))),
        Format("Chicago", Html(_chicago(edition, cited, publisher, site, title, version))),
        Format("MLA", Html(_mla(edition, cited, publisher, site, title, version))),
        Format(say("Wikipedia"), _wikipedia(edition, cited, publisher, site, title, version), True, mixed),
        Format("BibTeX", _bibtex(edition, cited, publisher, site, title), True, mixed),
        Format("RIS", _ris(edition, cited, publisher, site, title), True, mixed),
        Format("CSL-JSON", _csl(edition, cited, publisher, site, title), True, mixed),
    )


def _ended(text: str) -> str:
    """A sentence, which ends once."""
    return text if text.endswith(_ENDS) else f"{text}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _when(edition: Edition, cited: Cited) -> tuple[str, str]:
    """The year, and the day in it: 22 novembre, and in English November 22."""
    if not cited.day:
        return "", ""
    year = str(int(cited.day[:4]))
    day = edition.language.date(parse_edtf(cited.day)).removesuffix(f" {year}")
    if edition.code == "en":
        number, _, month = day.partition(" ")
        day = f"{month} {number}"
    return year, day


def _apa(edition: Edition, cited: Cited, publisher: str, site: str, title: str, version: str) -> str:
    year, day = _when(edition, cited)
    when = f"{year}, {day}" if year else edition.say("n.d.").replace(" ", "\u00a0")
    told = _italic(title, cited.lang)
    if version:
        told += f" ({escape(version if edition.code == 'fr' else _capital(version))})."
    elif not title.endswith(_ENDS):
        told += "."
    container = "" if site in (publisher, title) else f" {_ended(escape(site))}"
    return f"{_ended(escape(publisher))} ({when}). {told}{container} {escape(cited.url)}"


def _chicago(edition: Edition, cited: Cited, publisher: str, site: str, title: str, version: str) -> str:
    parts = [_ended(escape(publisher)), _quoted_sentence(edition, title, cited.lang)]
    if site not in (publisher, title):
        parts.append(_ended(escape(site)))
    if version:
        parts.append(_ended(escape(_capital(version))))
    year, day = _when(edition, cited)
    if year:
        on = edition.language.on(parse_edtf(cited.day))
        parts.append(_ended(edition.say("Last modified %(date)s", date=f"{day}, {year}", on_date=on)))
    return f"{' '.join(parts)} {escape(cited.url)}."


def _mla(edition: Edition, cited: Cited, publisher: str, site: str, title: str, version: str) -> str:
    parts = [] if site == title else [f"<i>{escape(site)}</i>"]
    parts += [escape(version)] if version else []
    parts += [escape(publisher)] if publisher != site else []
    if cited.day:
        year, month, day = map(int, cited.day.split("-"))
        number = "1er\u00a0" if day == 1 and edition.code == "fr" else f"{day} "
        parts.append(f"{number}{_SHORT.get(edition.code, _SHORT['en'])[month - 1]} {year}")
    parts.append(escape(cited.url))
    head = f"{_italic(title, cited.lang)}," if site == title else _quoted_sentence(edition, title, cited.lang)
    return f"{head} {', '.join(parts)}."


def _italic(title: str, lang: str) -> str:
    return f'<i lang="{lang}">{escape(title)}</i>' if lang else f"<i>{escape(title)}</i>"


def _quoted_sentence(edition: Edition, title: str, lang: str) -> str:
    """A title between quote marks, with its full stop: inside them in English, after them in French."""
    if edition.code == "fr":
        for mark, inner in (("«\u00a0", "“"), ("\u00a0»", "”"), ("«", "“"), ("»", "”")):
            title = title.replace(mark, inner)
    else:
        title = _ended(title.replace("“", "‘").replace("”", "’"))
    said = f'<span lang="{lang}">{escape(title)}</span>' if lang else escape(title)
    return f"«\u00a0{said}\u00a0»." if edition.code == "fr" else f"“{said}”"


def _wikipedia(edition: Edition, cited: Cited, publisher: str, site: str, title: str, version: str) -> str:
    """`{{Lien web}}` of the French Wikipedia on French pages, else `{{cite web}}` of the English one. The date of
    reading stays open: it is the reader's."""
    if edition.code == "fr":
        fields = {
            "langue": edition.code,
            "auteur institutionnel": wiki(publisher),
            "titre": wiki(title),
            "url": wiki_url(cited.url),
            "site": wiki(site),
            "date": cited.day,
            "consulté le": "",
        }
        return _template("Lien web", fields, "consulté le")
    fields = {
        "author": wiki(publisher),
        "title": wiki(title),
        "url": wiki_url(cited.url),
        "website": wiki(site),
        "date": cited.day,
        "language": "" if edition.code == "en" else edition.code,
        "id": wiki(_capital(version)),
        "access-date": "",
    }
    return _template("cite web", fields, "access-date")


def _template(name: str, fields: dict[str, str], left_open: str) -> str:
    said = "".join(f" |{key}={value}" for key, value in fields.items() if value or key == left_open)
    return f"{{{{{name}{said}}}}}"


def _bibtex(edition: Edition, cited: Cited, publisher: str, site: str, title: str) -> str:
    """An entry of biblatex's type `online`, with `year` for older styles."""
    fields = {
        "author": f"{{{latex(publisher)}}}",
        "title": f"{{{latex(title)}}}",
        "organization": latex(site),
        "date": cited.day,
        "year": cited.day[:4],
        "version": cited.version,
        "url": bibtex_url(cited.url),
        "language": edition.code,
    }
    lines = [f"{name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@online{{{cited.id},", *lines, "}"))


def _ris(edition: Edition, cited: Cited, publisher: str, site: str, title: str) -> str:
    lines = [("TY", "ELEC"), ("ID", cited.id), ("TI", title), ("AU", publisher), ("T2", site), ("PB", publisher)]
    if cited.day:
        lines += [("PY", cited.day[:4]), ("DA", f"{cited.day.replace('-', '/')}/")]
    if cited.version:
        lines.append(("ET", cited.version))
    lines += [("UR", cited.url), ("LA", edition.code), ("ER", "")]
    return "\n".join([f"{tag}  - {value}" for tag, value in lines])


def _csl(edition: Edition, cited: Cited, publisher: str, site: str, title: str) -> str:
    item: dict[str, object] = {
        "id": cited.id,
        "type": "webpage",
        "title": title,
        "author": [{"literal": publisher}],
        "container-title": site,
        "publisher": publisher,
    }
    if cited.day:
        item["issued"] = {"date-parts": [[int(part) for part in cited.day.split("-")]]}
    if cited.version:
        item["version"] = cited.version
    item |= {"URL": cited.url, "language": edition.code}
    return _encode([item])
