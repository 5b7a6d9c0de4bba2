"""The text of a PDF, read by PDFium in a process of its own that is stopped when it takes too long or too much.

Of three libraries tried on pages in columns with notes and raised figures, PDFium (Chrome's) kept the order of reading
and was the quickest; pypdf made 106 of 10⁶, and pdfminer lost the order. PDFium is C++ and the file a stranger's: hence
the process, which gets the bytes, no files and no more than a minute.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MOST_PAGES = 2_000
MOST_SECONDS = 60
MOST_MEMORY = 2_000_000_000
MOST_TITLE = 500

_REASONS = {
    10: "the PDF is damaged",
    11: "the PDF is locked by a password",
    12: f"the PDF has more than {MOST_PAGES:,} pages",
    13: "the PDF holds more text than any article does",
    14: "the PDF holds pictures, no text",
}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALLER = 0.85
"""A figure that is this much smaller than the one before it is a note's mark, or an exponent."""
_HYPHEN_AT_LINE_END = ("\x02", "\ufffe")


class NoText(Exception):
    """A PDF that gives no text; the message says why in a sentence."""


def read(body: bytes, most: int) -> tuple[str, str]:
    """The text and the title of a PDF: a line for each line of the page. Raises `NoText`."""
    command = [sys.executable, "-I", str(Path(__file__).resolve()), str(most)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=MOST_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        raise NoText(f"the PDF could not be read in {MOST_SECONDS} seconds") from None
    if done.returncode:
        raise NoText(_REASONS.get(done.returncode, "the PDF could not be read: it is damaged, or made to do harm"))
    title, _, text = done.stdout.decode("utf-8", "replace").partition("\n")
    return text, title


def _child(body: bytes, most: int) -> tuple[int, str]:
    """What the process does: an exit code, and title and text by lines."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(body)
        pages = len(document)
    except pdfium.PdfiumError as error:
        return (11 if "password" in str(error).lower() else 10), ""
    if pages > MOST_PAGES:
        return 12, ""
    said = []
    length = 0
    for number in range(pages):
        try:
            # Held by a name while it is read: PDFium lets go of what Python forgets.
            page = document[number]
            words = page.get_textpage()
            text = _page(pdfium.raw, words.raw)
            words.close()
            page.close()
        except pdfium.PdfiumError:
            return 10, ""
        said.append(text)
        length += len(text)
        if length > most:
            return 13, ""
    lines = "\n".join(line for text in said for line in map(str.strip, text.splitlines()) if line)
    if not any(map(str.isalnum, lines)):
        return 14, ""
    title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())[:MOST_TITLE]
    return 0, f"{title}\n{lines}"


def _page(raw, page) -> str:  # type: ignore[no-untyped-def]  # the library has no types
    said = []
    last, size = "", 0.0
    for at in range(raw.FPDFText_CountChars(page)):
        code = raw.FPDFText_GetUnicode(page, at)
        sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if sign in _HYPHEN_AT_LINE_END:
            sign = "-\n"
        elif sign == "\0":
            continue
        elif "0" <= sign <= "9":
            now = raw.FPDFText_GetFontSize(page, at)
            if last.isdigit() and now < size * _SMALLER:
                said.append(sign.translate(_RAISED))
                continue
            size = now
        last = sign
        said.append(sign)
    return "".join(said).replace("-\n\r\n", "-\n").replace("\r\n", "\n")


def _bounded() -> None:
    """Memory and processor time as the system can bound them; there are systems that cannot."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, OSError, ValueError):
        pass


if __name__ == "__main__":
    _bounded()
    code, text = _child(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.flush()
    sys.exit(code)
