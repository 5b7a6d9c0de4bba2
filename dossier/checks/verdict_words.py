"""The dossier states; others judge."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dossier.checks.parts import span_at, texts
from dossier.checks.walk import Field, live
from dossier.checks.words import WordList, once
from dossier.model import Citation, Claim, Company, Demand, Event, Part, Response
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "E602",
    "verdict-words",
    "language",
    "error",
    "Words that pass judgement stand only in quotes, unless a court has judged.",
    "A verdict in our own voice is ours to prove; what someone else said, in quotes and with a source, is a fact. "
    "Claims whose mode is adjudicated and events of kind court may use them; prose pages may speak about them.",
    "Say what was done, in flat words; or quote who says it, between quotation marks.",
)

WORDS = {
    "en": WordList("""
        abhorrent atrocious blatant blatantly brazen brazenly complicit complicity corrupt corrupted corruptly
        cronies crook crooked crooks culpable despicable disgrace disgraceful egregious egregiously evil fascist
        fascists gestapo goons guilty heinous hypocrisy hypocritical illegal illegally immoral infamous notorious
        notoriously outrageous outrageously profiteer profiteered profiteering profiteers scandal scandalous
        scandals shady shameful shamefully shameless shamelessly sinister sketchy thugs unethical unethically
        unlawful unlawfully unscrupulous"""),
    "fr": WordList("""
        abject abjecte abjectes abjects complice complices complicité corrompu corrompue corrompues corrompus
        coupable coupables fasciste fascistes gestapo honteuse honteusement honteuses honteux hypocrisie hypocrite
        hypocrites ignoble ignobles illicite illicitement illicites illégal illégale illégalement illégales illégaux
        immoral immorale immorales immoraux infâme infâmes louche louches odieuse odieuses odieux profiteur
        profiteurs profiteuse profiteuses sans_scrupules scandale scandales scandaleuse scandaleusement scandaleuses
        scandaleux tristement_célèbre tristement_célèbres véreuse véreuses véreux éhonté éhontée éhontées éhontés"""),
}

OWN_VOICE = frozenset((Claim, Company, Response, Demand, Event))
"""Whose texts are looked at. Corrections are not, since they may repeat what they correct."""


def check(register: Register, today: date) -> Iterator[Problem]:
    said: dict[str, list[tuple[Field, str]]] = {language: [] for language in WORDS}
    for field in texts(register):
        if type(field.owner) in OWN_VOICE:
            for language, words in field.versions:
                if language in said:
                    said[language].append((field, words))
    for language, fields in said.items():
        # Hardly any file has such a word, and to see that of all its texts together takes half the time.
        if not WORDS[language].may_be_in("\n".join([words for _, words in fields])):
            continue
        for field, words in fields:
            if isinstance(field.part, Citation) or not live(field.owner) or _was_judged(field.owner):
                continue
            for start, end in once(words, (match.span() for match in WORDS[language].found_in(words))):
                yield RULE.at(
                    span_at(field.place(language), words, start, end),
                    f"'{words[start:end]}' passes judgement in the dossier's own voice",
                )


def _was_judged(owner: Part) -> bool:
    if isinstance(owner, Claim):
        return owner.mode == "adjudicated"
    return isinstance(owner, Event) and owner.kind == "court"
