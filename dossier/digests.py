"""What a record says, however it is typed, and the digest of that: of it versions of a company's page are made.

How lines are broken and values are quoted, in which order keys, items and records stand, and in which file, changes
nothing. The model takes no part in it: a dossier that is read by a later program, with further keys, has the versions
it had.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from unicodedata import normalize

from dossier.document import Mapping, Node, Scalar
from dossier.model import WITH_ABOUT

DIGITS = 10
"""Of a version, in hexadecimal: enough for the versions of one page, and few enough to be read out."""
COUNTED = ("companies", "claims", "responses", "corrections")
"""Collections of which a version is made."""
_MOST = 1 << 128


def bare(text: str) -> str:
    """A text as it is compared: in Unicode's form NFC, its blanks made one."""
    return " ".join((text if text.isascii() else normalize("NFC", text)).split())


def said(node: Node, language: str) -> str:
    """What a node says, as JSON that is the same for the same meaning. A text in the site's first `language` alone is
    that text."""
    if isinstance(node, Scalar):
        return quoted(bare(node.text))
    if isinstance(node, Mapping):
        if len(node.entries) == 1 and isinstance(only := node.entries.get(language), Scalar):
            return quoted(bare(only.text))
        return (
            "{"
            + ",".join([f"{quoted(key)}:{said(each, language)}" for key, each in sorted(node.entries.items())])
            + "}"
        )
    return "[" + ",".join(sorted([said(each, language) for each in node.items])) + "]"


def said_by_key(collection: str, node: Mapping, about: str, language: str) -> dict[str, str]:
    """What each key of a record says, without its id; with the company that its file is `about`, '' for none."""
    keys = {key: said(value, language) for key, value in node.entries.items() if key != "id"}
    if about and collection in WITH_ABOUT:
        keys.setdefault("company", quoted(about))
    return keys


def digest(collection: str, name: str, keys: Map[str, str]) -> int:
    """The digest of a record called `name`, of what its keys say."""
    told = "\n".join([f"{collection} {name}", *[f"{key}:{value}" for key, value in sorted(keys.items())]])
    return int.from_bytes(sha256(told.encode("utf-8", "surrogatepass")).digest()[:16])


def version(company: str, total: int) -> str:
    """The version of a company's page: of the digests of its records added up, so that their order is of no account and
    one that changes is subtracted and added anew."""
    return sha256(f"{company} {total % _MOST:x}".encode()).hexdigest()[:DIGITS]
