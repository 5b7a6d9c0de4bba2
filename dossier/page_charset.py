"""In which charset a page is written: what its bytes show, before what its server and its author say of it."""

from __future__ import annotations

import codecs
import re

from dossier.patterns import regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_READ_AS = {
    # As the WHATWG's Encoding Standard has it: what calls itself Latin-1 is windows-1252, and so on.
    "ascii": "cp1252", "us-ascii": "cp1252", "latin1": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "windows-1252": "cp1252", "cp1252": "cp1252", "iso-8859-9": "cp1254", "windows-1254": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "windows-31j": "cp932", "euc-jp": "euc_jp", "iso-2022-jp": "iso2022_jp",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "utf-16": "utf-16-le", "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be", "koi8-r": "koi8-r", "koi8-u": "koi8-u", "macintosh": "mac-roman",
    "iso-8859-15": "iso8859-15", "windows-874": "cp874", "utf-8": "utf-8", "utf8": "utf-8",
} | {f"windows-125{n}": f"cp125{n}" for n in (0, 1, 3, 5, 6, 7, 8)} | {
    f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 16)
}  # fmt: skip
"""Names of charsets, and Python's codec for each. A list of our own: not every codec of Python makes text of bytes."""
_IN_HEADER = regex(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_IN_MARKUP = regex(rb"<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


def decoded(body: bytes, content_type: str, markup: bool = False) -> tuple[str, str]:
    """The text, and the name of the charset it was read in.

    A byte-order mark decides. Then UTF-8, if the bytes are that and are not all ASCII: text in another charset hardly
    ever is. Then what the server says, then what the page says, where the bytes can be read so; then windows-1252.
    """
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset.removesuffix("-le").removesuffix("-be")
    declared = _declared(body, content_type, markup)
    if not body.isascii() and (text := _strictly(body, "utf-8")) is not None:
        return text, "utf-8"
    for charset in declared:
        if (text := _strictly(body, charset)) is not None:
            return text, charset
    if body.isascii():
        return body.decode("ascii"), "utf-8"
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # A few broken bytes in a page of UTF-8, cut off or pasted in, against a page that is something else.
    if sum(sign > "\x7f" for sign in text) - broken > 3 * broken:
        return text, "utf-8"
    return body.decode("cp1252", "replace"), "cp1252"


def _declared(body: bytes, content_type: str, markup: bool) -> list[str]:
    names = [each.group(1) for each in [_IN_HEADER.search(content_type)] if each]
    if markup and (said := _IN_MARKUP.search(body[:4096])):
        inside = said.group(1).decode("ascii", "replace")
        # What could be read as far as here is no UTF-16, whatever it says.
        names.append("utf-8" if inside.lower().startswith("utf-16") else inside)
    return [_READ_AS[name.lower()] for name in names if name.lower() in _READ_AS]


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None
