"""Links to the words in a page: text fragments, https://wicg.github.io/scroll-to-text-fragment/.

A directive is `text=[prefix-,]start[,end][,-suffix]`. A browser looks for the first place where its words stand as
whole words, in any case. One term does not match over the border of two blocks; `start,end` does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote as percent_encoded

from dossier.omissions import OMISSION, inserts
from dossier.patterns import regex

LONGEST = 300
"""From this many characters on a link names the first and the last words: so do browsers when they make one."""
ENDS = 4
"""How many words of each end a link names where the page is not at hand: less to be sent, and found also where a note
stands in between."""
AT_AN_END = 8
"""How many words stand for the beginning of a longer passage, and for its end."""
NOTE = "\u2060"
"""Where the mark of a note stands in the page, see `page_html.py`."""
BREAKS = ("\n", NOTE)
"""What no term may reach over: in the page a block ends there, or a figure stands."""
_BREAK = regex("[\n\u2060]")
CONTEXTS = ((0, 0), (3, 0), (0, 3), (3, 3), (6, 0), (0, 6), (6, 6), (12, 12), (25, 25))
"""How many words before and after are added, one after the other, until the place is the first of its kind."""


def directive(quote: str) -> str:
    """The directive for a quote whose page is not at hand; '' for a quote without words.

    The words themselves where they are few; first and last words where they are many, or where some are left out.
    """
    return _of_quote(quote)


@lru_cache(maxsize=20_000)
def _of_quote(quote: str) -> str:
    parts = _between_omissions(quote)
    if not parts:
        return ""
    first, last = parts[0].split(), parts[-1].split()
    if len(parts) == 1 and len(first) <= 2 * ENDS and len(parts[0]) <= LONGEST:
        return f"text={_encoded(parts[0])}"
    return f"text={_encoded(' '.join(first[:ENDS]))},{_encoded(' '.join(last[-ENDS:]))}"


def _between_omissions(quote: str) -> list[str]:
    """What of a quote stands on its page word for word. A word that an editor's bracket is part of does not."""
    parts = []
    at = 0
    torn = ""
    for mark in OMISSION.finditer(quote):
        parts.append((torn, quote[at : mark.start()], mark.group()))
        at, torn = mark.end(), mark.group()
    parts.append((torn, quote[at:], ""))
    whole = []
    for before, words, after in parts:
        if inserts(before):
            words = re.sub(r"\A\w+", "", words)
        if inserts(after):
            words = re.sub(r"\w+\Z", "", words)
        if any(map(str.isalnum, words)):
            whole.append(words.strip(" "))
    return whole


def directive_in(quote: str, text: str) -> str:
    """The directive that leads to where `find` finds the quote in the text of its page.

    It names the words as the page has them, and as much of what stands around as makes the place the first of its kind.
    Where the page does not hold the quote, the directive is that of the quote alone.
    """
    # Imported here: a build makes links without pages.
    from dossier.quotes import find

    found = find(quote, text)
    if found.state == "missing":
        return directive(quote)
    start, end = _whole_words(text, found.start, found.end)
    if text[end : end + 1] == NOTE and text[end - 1].isalnum():
        shorter = _before_note(text, start, end)
        end = shorter if shorter > start else end
    if end - start > LONGEST or any(sign in BREAKS for sign in text[start:end]):
        return _from_to(text, start, end)
    for before, after in CONTEXTS:
        low, high = _back(text, start, before), _on(text, end, after)
        if _is_first(text, low, high):
            break
    return _joined(text[low:start], text[start:end], "", text[end:high])


def _from_to(text: str, start: int, end: int) -> str:
    """The directive for a passage of several blocks, or a long one: how it begins and how it ends."""
    head = _on(text, start, AT_AN_END)
    tail = _back(text, end, AT_AN_END)
    if tail < head:  # one block of a few long words
        head = tail = end
    for before, _ in CONTEXTS:
        low = _back(text, start, before)
        if _is_first(text, low, head):
            break
    for after, _ in CONTEXTS:
        high = _on(text, end, after)
        if _is_first(text, tail, high, head):
            break
    return _joined(text[low:start], text[start:head], text[tail:end], text[end:high])


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The same place with the words whole that it cuts: to a browser "l’entreprise" is one word."""
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'’"):
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _back(text: str, at: int, words: int) -> int:
    """Where the `words` words before a place begin, as far as one block holds them."""
    low = max(0, at - 50 * words)
    block = text[low:at].rstrip()
    offset = 1 + max(block.rfind(sign) for sign in BREAKS)
    begins = [low + offset + each.start() for each in re.finditer(r"\S+", block[offset:])]
    if begins[:1] == [low] and low and not text[low - 1].isspace():
        del begins[0]  # the end of a word that is longer than one looks back
    return begins[max(0, len(begins) - words)] if begins and words else at


def _on(text: str, at: int, words: int) -> int:
    """Where the `words` words after a place end, as far as one block holds them."""
    if not words:
        return at
    ahead = text[at : at + 50 * words]
    skipped = len(ahead) - len(ahead.lstrip())
    block = _BREAK.split(ahead[skipped:], maxsplit=1)[0]
    stop = at + skipped + len(block)
    if text[stop : stop + 1] == NOTE and block[-1:].isalnum():
        block = text[at + skipped : _before_note(text, at + skipped, stop)]
    ends = [each.end() for each in re.finditer(r"\S+", block)]
    if ends and skipped + ends[-1] == len(ahead) and text[at + len(ahead) : at + len(ahead) + 1].strip():
        del ends[-1]
    return at + skipped + ends[min(words, len(ends)) - 1] if ends else at


def _before_note(text: str, start: int, end: int) -> int:
    """Where the words before the last one end, which a note's mark is part of in the page; `start` if it is alone."""
    shorter = text[start:end].rstrip().rsplit(None, 1)
    return start + len(shorter[0]) if len(shorter) == 2 else start


def _is_first(text: str, start: int, end: int, since: int = 0) -> bool:
    """Whether what stands there stands nowhere before it, from `since` on, in any case and under any quote marks."""
    from dossier.wording import normalised, page

    on = page(text)
    return on.plain.find(normalised(text[start:end]), on.at(since)) == on.at(start)


def _joined(prefix: str, start: str, end: str, suffix: str) -> str:
    terms = [_encoded(start)]
    if end.strip():
        terms.append(_encoded(end))
    if prefix.strip():
        terms.insert(0, f"{_encoded(prefix)}-")
    if suffix.strip():
        terms.append(f"-{_encoded(suffix)}")
    return "text=" + ",".join(terms)


def _encoded(words: str) -> str:
    return "%20".join(map(_in_fragment, words.split()))


@lru_cache(maxsize=20_000)
def _in_fragment(word: str) -> str:
    """A word for an address. '-', ',' and '&' would mean something in a directive."""
    return word if word.isascii() and word.isalnum() else percent_encoded(word, safe="").replace("-", "%2D")


def text_fragment(url: str, words: str, known: str = "") -> str:
    """A link to the place in a page where `words` stand; to the page alone where they are no words.

    `known` is a directive that `directive_in` made for them.
    """
    found = known or directive(words)
    if not found:
        return url
    return f"{url}:~:{found}" if "#" in url else f"{url}#:~:{found}"
