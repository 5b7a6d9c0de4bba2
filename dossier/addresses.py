"""Where every page stands. Addresses are functions of ids, so no page waits for another to know its own links."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from dossier.frozen import dataclass, field

_SEGMENTS: dict[str, dict[str, str]] = {
    "fr": {
        "companies": "entreprises",
        "agencies": "organismes",
        "demands": "demandes",
        "timeline": "chronologie",
        "changes": "changements",
        "data": "donnees",
        "methodology": "methodologie",
        "about": "a-propos",
        "contribute": "contribuer",
        "contribute/draft": "contribuer/brouillon",
        "companies/compare": "entreprises/comparer",
        "left-out": "ecartes",
        "weak-points": "points-faibles",
        "reply": "reponse",
        "history": "historique",
        "search": "recherche",
        "overview": "apercu",
        "card": "fiche",
        "cite": "citer",
    },
}
"""Words of addresses in languages other than English; a word that is not listed stays as it is."""
SECTIONS = (
    "companies", "sources", "weak-points", "agencies", "demands", "timeline", "changes", "corrections", "data",
    "search", "overview",
)  # fmt: skip
"""Pages that the build makes of records, whatever stands in content/."""
IN_PLACE = ("home", "corrections", "changes")
"""Content pages that stand inside a page of their own name, not on one by themselves."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of pages below the output folder. The default language stands at the root, others under their code.

    `slugs` are addresses that content pages choose for themselves, by (name, language).
    """

    default: str
    slugs: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def page(self, language: str, *parts: str) -> str:
        """The file of a page: `page("fr", "companies", "acme")` is `fr/entreprises/acme/index.html`."""
        words = _SEGMENTS.get(language, {})
        first = (self.slugs.get((parts[0], language)) or words.get(parts[0], parts[0]),) if parts else ()
        prefix = () if language == self.default else (language,)
        return "/".join((*prefix, *first, *self.below(language, parts[1:]), "index.html"))

    @staticmethod
    def below(language: str, parts: tuple[str, ...]) -> tuple[str, ...]:
        """What stands below a section: an id, which is the same in every language, then words, which are not."""
        words = _SEGMENTS.get(language, {})
        return (*parts[:1], *(words.get(part, part) for part in parts[1:])) if len(parts) > 1 else parts


def feed_of(page: str) -> str:
    """Where the feed of a page stands, without the ending that tells its format."""
    return page.removesuffix("index.html") + "feed"


@lru_cache(maxsize=8192)
def relative(origin: str, target: str) -> str:
    """From one file of the site to another, as the link a page at `origin` prints. Keeps the target's fragment."""
    if target.startswith(f"{origin}#"):
        return target[len(origin) :]
    # The folders above the origin, from the nearest on, until one has the target below it.
    folder, up = origin.rpartition("/")[0], ""
    while folder:
        if target.startswith(f"{folder}/"):
            return up + target[len(folder) + 1 :]
        folder, up = folder.rpartition("/")[0], f"../{up}"
    return up + target
