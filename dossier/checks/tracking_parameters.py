"""Addresses carry nothing that tracks readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit, urlunsplit

from dossier.model import Part
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W213",
    "tracking-parameters",
    "evidence",
    "warning",
    "Addresses carry no parameters that track readers.",
    "They tell the site where its reader came from, and make one page look like two.",
    "Remove the parameters; the page opens without them.",
)

TRACKING = regex(
    r"(?:utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium)|mc_[ce]id|_h(?:senc|smi)|_g[al]|guce_referrer\w*|soc_(?:src|trk)"
    r"|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|twclid|ttclid|yclid|li_fat_id|igsh|igshid|mkt_tok|vero_id|wickedid"
    r"|rb_clickid|s_cid|cmpid|ncid|ref_(?:src|url)|__twitter_impression|guccounter|spm|smid|srsltid)",
    re.IGNORECASE,
)
"""Names of parameters used for nothing but following readers. Names with other uses, such as `ref`, are not here."""


def check(register: Register, today: date) -> Iterator[Problem]:
    addresses: list[tuple[str | None, Part, str]] = [(each.url, each, "url") for each in register.sources.values()]
    addresses += [(each.website, each, "website") for each in register.companies.values()]
    addresses += [(each.website, each, "website") for each in register.agencies.values()]
    for address, record, key in addresses:
        if not address or "?" not in address:
            continue
        parts = urlsplit(address)
        pairs = parts.query.split("&")
        kept = [pair for pair in pairs if not TRACKING.fullmatch(pair.partition("=")[0])]
        if kept != pairs:
            gone = [pair.partition("=")[0] for pair in pairs if pair not in kept]
            yield RULE.at(
                record.place.span_of(gone[0], key),
                f"the address tracks its readers: {', '.join(gone)}",
                f"Write {urlunsplit(parts._replace(query='&'.join(kept)))}",
            )
