"""Whether each quote stands in the copies of its source: sought anew in every text that is here, noted in the lock.

Only words that stand there say found; the nearest passage is shown to people and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path

from dossier.copies import PATH, Copies, Copy, Proof, Standing, State, fits, read_copies, state_of, written
from dossier.fragments import directive_in
from dossier.frozen import dataclass
from dossier.load import read_lock_file
from dossier.model import Citation
from dossier.pointers import pointers
from dossier.problems import Problem
from dossier.quotes import digest, find, text_digest
from dossier.register import Register
from dossier.report import Finding, printed, quoted, visible
from dossier.stored import Damaged, Store, keep_file

Say = Callable[[str], None]
MOST_WORDS = 120
"""Words of a passage that are compared with a quote."""

WORDS: dict[Standing, str] = {
    "verified": "found in the newest copy",
    "drifted": "no longer in the newest copy",
    "missing": "not found",
    "unsought": "not sought: the text of the copy is not on this machine",
    "no-copy": "no copy of the source",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One quote: where it is cited, how it stands, and for words that were not found the nearest passage or ''."""

    citation: Citation
    state: State
    nearest: str = ""

    @property
    def quote(self) -> str:
        return self.citation.quote or ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a run came to. `refused` are texts that are not those of the lock, a sentence each; `problems` those of the
    lock itself, which keep it from being touched."""

    copies: Copies
    outcomes: tuple[Outcome, ...] = ()
    refused: tuple[str, ...] = ()
    absent: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where no quote is missing in the newest copy and no text was tampered with."""
        lacking = any(each.state.kind in ("missing", "drifted") for each in self.outcomes)
        return int(bool(self.problems or self.refused) or lacking)

    def table(self) -> Iterator[str]:
        """A line for each way that quotes stand."""
        count = Counter(each.state.kind for each in self.outcomes)
        width = len(f"{max(count.values(), default=0):,}")
        for kind, words in WORDS.items():
            if count[kind]:
                yield f"{count[kind]:>{width},}  {words}"


def run(root: Path, register: Register, store: Path, say: Say, only: Collection[str] = ()) -> Verified:
    """Seek each quote of the register in each copy of its source, or of the sources `only`, and write down what came of
    it. Where a text is not on this machine, its proofs stay as they are. Raises `OSError` where the machine refuses."""
    text, unread = read_lock_file(root, PATH)
    copies, damaged = read_copies(text)
    if problems := (*unread, *damaged):
        return Verified(copies, problems=problems)
    texts = Store(store)
    cited = _cited(register, only)
    proofs = {_key(each): each for each in _kept(copies, cited, only)}
    nearest: dict[tuple[str, str], str] = {}
    refused: list[str] = []
    absent = 0
    for source, citations in cited.items():
        for copy in copies.of(source):
            stored, fault = _text(texts, copy)
            if fault:
                refused.append(fault)
                say(visible(f"{source}: {fault}"))
            elif stored is None:
                absent += 1
            else:
                for proof, near in _sought(citations, copy, stored):
                    proofs[_key(proof)] = proof
                    nearest[proof.source, proof.quote] = near
    after = copies.with_proofs(proofs.values())
    if written(after) != (text or written(Copies())):
        keep_file(root, PATH, written(after).encode())
    outcomes = tuple(
        Outcome(each, state_of(after, source, each.quote or ""), nearest.get((source, digest(each.quote or "")), ""))
        for source, citations in cited.items()
        for each in citations
    )
    verified = Verified(after, outcomes, tuple(refused), absent)
    _report(verified, say)
    return verified


def _cited(register: Register, only: Collection[str]) -> dict[str, list[Citation]]:
    """Every citation that quotes words, by its source, in the order of the files."""
    found = [
        citation
        for record in register.records.values()
        for citation in pointers(record).citations
        if citation.quote and citation.source in register.sources and (not only or citation.source in only)
    ]
    by_source: dict[str, list[Citation]] = {}
    for citation in sorted(found, key=lambda each: each.place.span("quote")):
        by_source.setdefault(citation.source, []).append(citation)
    return by_source


def _key(proof: Proof) -> tuple[object, ...]:
    return proof.source, proof.quote, proof.captured


def _kept(copies: Copies, cited: dict[str, list[Citation]], only: Collection[str]) -> Iterator[Proof]:
    """Proofs that stay unless they are sought anew: of words that are still cited, and of sources not asked for."""
    quotes = {(source, digest(each.quote or "")) for source, citations in cited.items() for each in citations}
    for proof in chain.from_iterable(copies.proofs.values()):
        if (proof.source, proof.quote) in quotes or (only and proof.source not in only):
            yield proof


def _text(texts: Store, copy: Copy) -> tuple[str | None, str]:
    """The text of a copy, and what is wrong with it; neither where it is not here."""
    named = f"the stored text of {copy.captured}"
    try:
        text = texts.text(copy.source, copy.captured)
    except Damaged as error:
        return None, f"{named} was not used: {error}"
    if text is not None and text_digest(text) != copy.digest:
        return None, f"{named} was not used: it is not the one whose digest stands in {PATH}"
    return text, ""


def _sought(citations: list[Citation], copy: Copy, text: str) -> Iterator[tuple[Proof, str]]:
    """Each quote once, with the nearest passage where it was not found."""
    for name, quote in {digest(each.quote or ""): each.quote or "" for each in citations}.items():
        found = find(quote, text)
        directive = ""
        if found.state != "missing" and copy.kind != "pdf":  # browsers follow text fragments in pages, not in PDFs
            directive = directive_in(quote, text)
        yield Proof(copy.source, name, copy.captured, found.state, directive if fits(directive) else ""), found.nearest


def _report(verified: Verified, say: Say) -> None:
    """Quotes that do not stand, at their places; then how many stand how."""
    for outcome in verified.outcomes:
        if outcome.state.kind in ("missing", "drifted"):
            say(printed(finding(outcome)))
    if verified.absent:
        copies = "1 copy is" if verified.absent == 1 else f"{verified.absent:,} copies are"
        say(f"The texts of {copies} not on this machine: what was found in them stays as it was noted.")
    for line in verified.table() if verified.outcomes else ("No citation quotes words.",):
        say(line)


def finding(outcome: Outcome) -> Finding:
    """A quote that does not stand, as findings are printed: at its place, with the nearest passage of the page."""
    state, source = outcome.state, outcome.citation.source
    span = outcome.citation.place.span("quote")
    lines = outcome.citation.place.document.lines()
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    if state.kind == "drifted":
        message = f"these words stood in the copy of {source} of {state.found}, and do not in that of {state.missing}"
        remedy = "The page has changed. Say so on the claim, or cite the archived copy."
    else:
        message = f"these words are not in the copy of {source} of {state.missing}"
        remedy = "Quote the page word for word, or cite the source that has the words."
    near = differing(outcome.quote, outcome.nearest) if outcome.nearest else ""
    also = (("nearest there", near),) if near else ()
    return Finding(
        "error",
        "",
        visible(str(span)),
        visible(message),
        quoted(line, span.line, span.column) if line.strip() else None,
        remedy,
        tuple((place, visible(words)) for place, words in also),
    )


def differing(quote: str, passage: str) -> str:
    """The passage with what differs marked as `git diff --word-diff` does: `[-words of the quote-]{+of the page+}`."""
    ours, theirs = quote.split()[:MOST_WORDS], passage.split()[:MOST_WORDS]
    plain = [[word.strip("“”\"'‘’«».,;:!?()").casefold() for word in words] for words in (ours, theirs)]
    marked: list[str] = []
    for kind, start, end, from_, to in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        gone, there = " ".join(ours[start:end]), " ".join(theirs[from_:to])
        if kind == "equal":
            marked.append(there)
        else:
            marked.append((f"[-{gone}-]" if gone else "") + (f"{{+{there}+}}" if there else ""))
    return " ".join(marked)
