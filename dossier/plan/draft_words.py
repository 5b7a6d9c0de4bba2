"""The words of the form of drafts: headings, names of keys, what it says to whoever fills it in."""

from __future__ import annotations

from dossier.plan.vocabulary import AMOUNT, CORRECTION, KEY, KIND, MEANS, MODE, POSITION, RAISED, READ, REPLY, ROLE
from dossier.plan.vocabulary import _ as _

HEADINGS = {
    "claims": _("Claim"),
    "sources": _("Source"),
    "responses": _("Reply"),
    "corrections": _("Correction"),
}
LABELS = {
    "accessed": _("Read on"),
    "after": _("What stands there now"),
    "approximate": _("Whether the source says about"),
    "archives": _("Archived copies"),
    "author": _("Authors"),
    "availability": _("What a reader meets there"),
    "before": _("What stood there"),
    "captured": _("Captured on"),
    "currency": _("Currency"),
    "derived_from": _("Derived from"),
    "firsthand": _("Whether it is first-hand"),
    "id": _("Permanent name"),
    "intent": _("What the words do"),
    "issued": _("Published on"),
    "language": _("Language"),
    "locator": _("Place in the source"),
    "means": _("How the answer came"),
    "publisher": _("Publisher"),
    "publisher_of_record": _("Original publisher"),
    "questions": _("Address of the questions"),
    "quote": _("Quote"),
    "raised_by": _("Who found it"),
    "read": _("How much was read"),
    "received": _("Received on"),
    "role": _("Kind of evidence"),
    "source": _("Source"),
    "target": _("Record that changed"),
    "translation": _("Our translation of the quote"),
    "type": _("Type"),
    "url": _("Address"),
    "value": _("Number"),
    "wire": _("News agency"),
}
"""Names of keys that no history tells of; the others are in the vocabulary."""
MESSAGES = {
    "required": _("Required"),
    "optional": _("More keys"),
    "add": _("Add: %(what)s"),
    "remove": _("Remove: %(what)s %(n)s"),
    "yes": _("Yes"),
    "no": _("No"),
    "several": _("One a line."),
    "missing": _("This is still needed."),
    "date": _("This is no date. Write 2026-01-28, 2026-01 or 2026."),
    "future": _("This day lies ahead of today."),
    "before_issued": _("It was read before it was published."),
    "reserved": _("Pages use this word for themselves: choose another."),
    "taken": _("This name is taken: choose another."),
    "unknown": _("No record of this dossier or of this draft has this id."),
    "long": _("A quote has %(most)s words at most, and this has %(n)s."),
    "hidden": _("It holds a character that is not to be seen (%(code)s): type it anew."),
    "cited": _("No citation in this text: cite the source under Citations."),
    "twice": _("This stands here twice."),
    "left_one": _("One thing is left to do."),
    "left": _("%(n)s things are left to do."),
    "done": _("Nothing is left to do, as far as a browser can tell."),
    "empty": _("Nothing is drafted yet."),
    "kept": _("The draft is kept in this browser alone."),
    "unkept": _("This browser keeps no draft: copy the text before you leave."),
    "deleted": _("The draft was deleted."),
    "sure": _("Delete the whole draft?"),
    "copied": _("Copied."),
    "copy_by_hand": _("The text is selected: copy it with your keyboard."),
    "open": _("Open a new file on %(host)s, filled in"),
    "open_empty": _("Open a new file on %(host)s, then paste the text"),
    "too_long": _("The text is too long for an address: copy it, then paste it into the new file."),
    "to_paste": _("%(host)s takes no text from an address: copy it, then paste it into the new file."),
    "no_host": _("Copy the text and send it to the editors, or put it into a new file of the repository: %(file)s"),
    "colon": _(": "),
    "quotes": _("“%(words)s”"),
}
"""What the scripts say, by the name under which they look it up."""
SHAPE = _("Write it as %(says)s, such as %(example)s.")
_WORDS: dict[tuple[str, str], dict[str, str]] = {
    ("claims", "kind"): KIND,
    ("claims", "mode"): MODE,
    ("amount", "kind"): AMOUNT,
    ("sources", "role"): ROLE,
    ("sources", "read"): READ,
    ("responses", "status"): {status: word for status, (word, _shape) in REPLY.items()},
    ("responses", "position"): POSITION,
    ("responses", "means"): MEANS,
    ("corrections", "kind"): CORRECTION,
    ("corrections", "raised_by"): RAISED,
}


def label(key: str) -> str:
    """What readers call a key, in English."""
    return LABELS.get(key) or KEY[key]


def words_of(collection: str, key: str) -> dict[str, str]:
    """The words that stand for the values of a key, in English; none where the values speak for themselves."""
    return _WORDS.get((collection, key), {})
