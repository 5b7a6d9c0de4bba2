"""What one version hedges or denies, the other hedges or denies too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dossier.checks.parts import span_at, texts
from dossier.checks.walk import live
from dossier.checks.words import outside_quotes, rough_words, without_marks
from dossier.model import Citation
from dossier.patterns import regex
from dossier.problems import Problem, Rule
from dossier.register import Register

RULE = Rule(
    "W607",
    "uneven-hedge",
    "language",
    "warning",
    "A text that says 'not', 'about', 'up to', 'at least', 'allegedly' or 'perhaps' says so in each version.",
    "A lost hedge makes a firm statement of a careful one, and a lost 'not' its opposite. Only clear words are looked "
    "for: whatever may say the same in the other language, however loosely, is enough.",
    "Put the missing word in, or take it out of the other version if no source has it.",
)


class Hedge(NamedTuple):
    """Words that hold back, in one language: clear ones, and in the other all that may answer them. `rough` are the
    rough words without one of which the clear ones cannot be there."""

    rough: frozenset[bytes]
    clear: re.Pattern[str]
    answers: re.Pattern[str]


def _hedge(clear: str, answers: str, rough: str) -> Hedge:
    return Hedge(
        frozenset(word.encode() for word in rough.split()),
        regex(rf"(?<!\w)(?:{clear})", re.IGNORECASE),
        regex(rf"(?<!\w)(?:{answers})", re.IGNORECASE),
    )


_SUM = r"[\s ](?:(?:US|CA?|AU?)?[$€£]\s?)?(?!(?:1[89]|20)\d\d(?!\d))\d[\d.,]*(?<=\d)(?!\d)"
"""A blank, and a number or a sum of money in digits, but no year: "about 2023" may be what a text is about."""
_NO_EN = "not|never|cannot|can’t|nor|neither|(?:did|does|is|was|has|had|are|were|have|would|could)n['’]t"
_NO_FR = r"(?:n['’]|ne\s)(?:\S{1,40}\s){1,4}?(?:pas|jamais|aucune?|ni)(?!\w)|non(?!\w)(?!-)|pas\sd|aucune?(?!\w)"
_MAYBE_FR = "peut-être|possiblement|apparemment|semble(?:nt|rait)?|pourrai(?:t|ent)|vraisemblablement"

HEDGES = {
    ("en", "fr"): (
        _hedge(
            rf"(?:{_NO_EN})(?!\w)",
            r"n['’]|(?:ne|pas|non|ni|faute|hors|nié?e?s?|nient)(?!\w)|sans|jamais|aucun|nul|rien|personne|plutôt|introuvable"
            r"|refus|dément|manqu|ignor|in\w+(?:able|ible|ue?s?)(?!\w)|abs(?:ent|ten)",
            "not never cannot can nor neither didn doesn isn wasn hasn hadn aren weren haven wouldn couldn",
        ),
        _hedge(
            rf"(?:about|around|roughly|approximately|nearly|almost|close to|some){_SUM}",
            r"environ|près|presque|quelque|à peu près|autour|approximat|vers|\w+aines?(?!\w)|estim|ordre|équival",
            "about around roughly approximately nearly almost close some",
        ),
        _hedge(
            rf"over{_SUM}(?!\s(?:day|week|month|year)s?(?!\w))|(?:more than|at least|upwards of|exceeding){_SUM}",
            r"plus d|plus que|ou plus|au moins|au-delà|dépass|supérieur|minim|excéd|passé",
            "over more least upwards exceeding",
        ),
        _hedge(
            rf"(?:up to|as many as|as much as|at most|no more than|a maximum of|not to exceed|less than|fewer than)"
            rf"{_SUM}",
            r"jusqu|au plus|tout au plus|pas plus|maxim|plafon|moins|excéd|atteindre|limit|inférieur|dépass|sous"
            r"|p\w+ (?:accueillir|contenir|recevoir|loger)",
            "up many much most more maximum exceed less fewer",
        ),
        _hedge(
            r"alleg|reportedly(?!\w)|supposedly(?!\w)|purported",
            r"all[èé]g|présum|préten|accus|soutien|reproch|affirm|plaint|selon|d['’]après|(?:\w+r|au|se)ai(?:t|ent)(?!\w)",
            "alleged alleges allege alleging allegedly allegation allegations reportedly supposedly purported"
            " purportedly",
        ),
        _hedge(
            r"(?:perhaps|possibly|apparently|might|appear(?:s|ed)? to|seem(?:s|ed)? to)(?!\w)",
            rf"{_MAYBE_FR}|peu(?:t|vent)|pouv|possib|appar|sembl|probabl|éventuel|susceptible|indice|paraî|risqu"
            r"|\w+rai(?:t|ent)(?!\w)",
            "perhaps possibly apparently might appear appears appeared seem seems seemed",
        ),
    ),
    ("fr", "en"): (
        _hedge(
            _NO_FR,
            rf"{_NO_EN}|(?:no|only|just|little|few|but|away|instead)(?!\w)|no(?:ne|thing|body| one)|without|yet to"
            r"|fail|un(?!til|der|ion|it)\w+|refus|declin|den(?:y|ie)|lack|absent|outside|(?:other|rather) than|stop"
            r"|ceas|beyond|\w+n['’]t(?!\w)|non-?|free of|avoid|in(?:accura|correct|complete|valid|sufficient|eligib)",
            "pas jamais aucun aucune ni non",
        ),
        _hedge(
            rf"(?:environ|près de|presque|quelque|à peu près|autour de|approximativement){_SUM}"
            r"|\d[^.;]{0,20}\senviron(?!\w)",
            r"about|around|rough|approximat|circa|nearly|almost|close|some(?!\w)|estimat|order of|or so"
            r"|just under|equivalent|dozens?",
            "environ prs presque quelque peu autour approximativement",
        ),
        _hedge(
            rf"(?:plus de|au moins|au-delà de|dépassant){_SUM}",
            r"over|more|at least|upward|exceed|above|minimum|beyond|no fewer|no less|plus|past",
            "plus moins del dpassant",
        ),
        _hedge(
            rf"(?:jusqu['’]à|au plus|au maximum|un maximum de|moins de){_SUM}",
            r"up to|as many|as much|most|maxim|exceed|less|fewer|under|ceiling|capp?(?:ed)?(?!\w)|limit|until|through"
            r"|below|no more|within",
            "jusqu plus maximum moins",
        ),
        _hedge(
            r"all[èé]gu|allégation|présumé|prétendu",
            r"alleg|reported|supposed|purport|claim|accus|contend|said|says|so-called|argu|complain|suspect|presum",
            "allgue allguent allgu allgue allguait allgation allgations prsum prsume prsums prtendu prtendue prtendus",
        ),
        _hedge(
            rf"(?:{_MAYBE_FR})(?!\w)",
            r"(?:may|can|if|would)(?!\w)|might|could|perhaps|possib|apparent|appear|seem|likel|probabl|unclear|indicat"
            r"|presum|expect|suggest|believed|thought",
            "peut possiblement apparemment semble semblent semblerait pourrait pourraient vraisemblablement",
        ),
    ),
}
"""By the language that holds back and the one that should too: no, about, at least, at most, allegedly, perhaps."""


def check(register: Register, today: date) -> Iterator[Problem]:
    for field in texts(register):
        if len(field.versions) < 2 or isinstance(field.part, Citation) or not live(field.owner):
            continue
        written = dict(field.versions)
        for (code, other), hedges in HEDGES.items():
            words, others = written.get(code), written.get(other)
            if words is None or others is None:
                continue
            rough = rough_words(words)
            for hedge in hedges:
                if hedge.rough.isdisjoint(rough):
                    continue
                # What is quoted is looked for in the whole of the other text: there it may be told.
                bare = outside_quotes(without_marks(words))
                found = hedge.clear.search(bare)
                if found and not hedge.answers.search(without_marks(others)):
                    yield RULE.at(
                        span_at(field.place(code), words, *found.span()),
                        f"'{found[0]}' stands in {code}, and {other} says nothing like it",
                        also=[(field.place(other).span(), f"the text in {other}")],
                    )
