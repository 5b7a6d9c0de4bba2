"""A PDF written by hand: lines of Helvetica on one page, some raised and small."""

from __future__ import annotations

from collections.abc import Sequence

Run = tuple[str, float, float]
"""Words, their size in points, and how far they are raised."""


def pdf_of(lines: Sequence[str | Sequence[Run]], title: str = "A report", locked: bool = False) -> bytes:
    """A PDF of one page. Its characters are those of windows-1252. `locked` names a lock that no password opens."""
    drawn = ["BT /F1 11 Tf 14 TL 50 780 Td"]
    for line in lines:
        for words, size, raised in [(line, 11, 0)] if isinstance(line, str) else line:
            inside = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"/F1 {size} Tf {raised} Ts ({inside}) Tj")
        drawn.append("T*")
    stream = "\n".join([*drawn, "ET"]).encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (%s) >>" % title.encode("cp1252"),
    ]
    if locked:
        sign = b"<" + b"41" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -44 /O %s /U %s >>" % (sign, sign))
    out = b"%PDF-1.4\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    more = b" /Encrypt 7 0 R /ID [<00> <00>]" if locked else b""
    return out + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, more, start,
    )  # fmt: skip


REPORT: tuple[str | Sequence[Run], ...] = (
    "Report of the Auditor",
    "The department paid \u201csubstantial sums\u201d to the govern-",
    "ment of the region: $2,800,000 in 2024 and US$95,000 to Toronto-",
    "based firms. The pre-",
    "and post-war files hold 43 acres of pa\u00adper.",
    "It covers 1,500 vehicles \u2014 not 900 \u2014 and costs 19% more.",
    "L\u2019\u00e9tude \u00ab\u00a0finale\u00a0\u00bb co\u00fbte 26\u00a0millions\u00a0$.",
    [("Sales of 500", 11, 0), ("3", 6, 5), (" units (see note) rose.", 11, 0)],
    [("Annex ", 11, 0), ("7 of 9 is here.", 6, 0)],
    "The minister said it was \u201cnot possible\u201d (see p. 12).",
)
