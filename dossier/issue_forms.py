"""Issue forms for people who never see YAML: what they ask, made of the model, and what answers say, as records.

A form is GitHub's (docs.github.com, "Syntax for GitHub's form schema"). Its answers come back as an issue's text, each
under the heading of its field. That text is a stranger's: it is bounded, read by its headings alone, and only becomes
words between the quotes of a data file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

from dossier.block import Value, as_block
from dossier.frozen import MISSING, annotated, dataclass, fields
from dossier.model import COLLECTIONS, Citation, Claim, Part, Response, Source
from dossier.values import HIDDEN, Prose, Text

MOST = 65_536
"""Characters of an issue that are read: GitHub allows no more."""
LONGEST_ID = 80
NO_ANSWER = ("_No response_", "None", "")
_LONG = ("statement", "text", "quote", "note")
_NAMES = {"en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its heading (which tells it from all others of its form), what stands below it, the words to choose
    from (none: free text), and the keys in the record that its answer goes to (none: it is for people)."""

    id: str
    label: str
    says: str
    keys: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    required: bool = False
    is_long: bool = False
    example: str = ""
    one_of: str = ""
    """Of the fields that say the same here, one must be filled in: a text, in whichever language."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `file` is its name below `.github/ISSUE_TEMPLATE/`; `is_data` that its answers make records."""

    file: str
    name: str
    about: str
    title: str
    intro: str
    fields: tuple[Field, ...]
    is_data: bool = True


def words_of(annotation: Any) -> tuple[str, ...]:
    """The words a value is one of; none where it is not one of some words."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := words_of(part))), ())


def _holds(annotation: Any, kind: type[Any]) -> bool:
    return annotation is kind or any(_holds(part, kind) for part in get_args(annotation))


def _asked(record: str, cls: type[Part], names: str, languages: Iterable[str], **more: Any) -> Iterator[Field]:
    """Fields for some keys of a record, in languages where the key holds text; `must` and `may` change whether one is
    required, `path` where the record stands, `word` what its headings begin with."""
    hints = annotated(cls)
    known = {each.name: each for each in fields(cls)}
    for name in names.split():
        key, annotation = known[name], hints[name]
        required = name in more.get("must", ()) or (key.default is MISSING and name not in more.get("may", ()))
        words = f"{more.get('word', '')} {name.replace('_', ' ')}".strip()
        label = words[0].upper() + words[1:]
        path = (record, *more.get("path", ()), name)
        says, example = key.metadata["doc"].partition("; `about`")[0].rstrip(".") + ".", key.metadata["example"]
        # GitHub keeps the word `none` for itself: to choose nothing says it.
        options = tuple(word for word in words_of(annotation) if word != "none")
        codes = [*languages] if _holds(annotation, Text) or _holds(annotation, Prose) else [""]
        several = len(codes) > 1
        for code in codes:
            yield Field(
                "-".join(filter(None, (*path, code))).replace("_", "-"),
                f"{label} in {_NAMES.get(code, code)}" if code else label,
                f"{says} One language is enough." if several else says,
                (*path, code) if code else path,
                options,
                required and not several,
                name in _LONG,
                example,
                label if required and several else "",
            )


def forms(languages: tuple[str, ...]) -> tuple[Form, ...]:
    """Every form, for a dossier in these languages."""
    claim = (
        *_asked("claims", Claim, "company statement kind mode date counterparty", languages),
        *_asked("claims", Citation, "source quote locator", (), path=("citations",), word="citation:", may=("source",)),
        *_source(languages, may=("type", "title", "publisher", "language", "role"), word="source:"),
        *_asked("responses", Response, "status date statement", languages, word="reply:"),
    )
    answer = (
        *_asked("responses", Response, "company date position text", languages, must=("text",)),
        _free("claims", "Claims that you answer", "Their ids or permanent links, one a line."),
        _free("proof", "How we can tell that you speak for the company", "An editor writes to the company itself."),
    )
    report = (
        _free("record", "Record", "Its id, or its permanent link.", required=True),
        _free("words", "What it says", "The words that are wrong."),
        _free("wrong", "What is wrong", "", required=True),
        _free("shows", "What shows it", "A source that anybody can look up, if there is one."),
    )
    return (
        Form("report-error.yml", "Report an error", "Something in the dossier is wrong.", "Error: ",
             "Say which sentence, and what shows otherwise. Vous pouvez écrire en français.", report, False),
        Form("propose-claim.yml", "Propose a claim", "A named source reports something that is not here.", "Claim: ",
             "Words that you leave out can be filled in later. Cite a source that is on file by its id, or describe a "
             "new one. Vous pouvez remplir ce formulaire en français.", claim),
        Form("propose-source.yml", "Propose a source", "A text that bears on what is here.", "Source: ",
             "Propose what you have read yourself. Vous pouvez remplir ce formulaire en français.",
             tuple(_source(languages, must=("url", "accessed")))),
        Form("answer.yml", "Answer for a company", "You speak for a company that is named here.", "Answer: ",
             "This page is public. To answer in private first, write to the address at the foot of every page of the "
             "site. Cette page est publique; vous pouvez répondre en français.", answer),
    )  # fmt: skip


def _source(languages: tuple[str, ...], **more: Any) -> Iterator[Field]:
    yield from _asked("sources", Source, "title publisher author issued accessed url type language role", (), **more)


def _free(name: str, label: str, says: str, required: bool = False) -> Field:
    return Field(name, label, says, required=required, is_long=True)


def as_form(form: Form) -> str:
    """A form as GitHub reads it."""
    body: list[Value] = [{"type": "markdown", "attributes": {"value": form.intro}}]
    for each in form.fields:
        kind = "dropdown" if each.options else "textarea" if each.is_long else "input"
        about: dict[str, Value] = {"label": each.label}
        if each.says:
            about["description"] = each.says
        if each.options:
            about["options"] = list(each.options)
        elif each.example:
            about["placeholder"] = each.example
        body.append({
            "type": kind, "id": each.id, "attributes": about, "validations": {"required": each.required},
        })  # fmt: skip
    head = "# Written by `build.py issue-forms` from dossier/model.py: change it there.\n"
    return head + as_block({"name": form.name, "description": form.about, "title": form.title, "body": body})


class Unreadable(ValueError):
    """That an issue is no answer to a form, with a sentence for the one who wrote it."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What an issue says: the form, the answer under each field's id, without those left empty."""

    form: Form
    by_id: Mapping[str, str]


def read_answers(body: str, known: tuple[Form, ...]) -> Answers:
    """The answers in an issue's text. Raises `Unreadable`."""
    if len(body) > MOST:
        raise Unreadable(f"The issue has more than {MOST:,} characters.")
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headings = [line.rstrip() for line in lines if line.startswith("### ")]
    form = next((form for form in known if headings and all(f"### {f.label}" in headings for f in form.fields)), None)
    if form is None:
        raise Unreadable("The issue does not have the headings of a form: begin with “New issue”, and choose a form.")
    labels = {f"### {each.label}": each for each in form.fields}
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in lines:
        if each := labels.get(line.rstrip()):
            if each.id in found:
                raise Unreadable(f"“{each.label}” stands twice: an answer must not hold the heading of a field.")
            found[each.id] = here = []
        else:
            here.append(line)
    answers = {}
    for each in form.fields:
        text = "\n".join(found[each.id]).strip()
        if text in NO_ANSWER:
            if each.required:
                raise Unreadable(f"“{each.label}” is empty.")
            continue
        # Line ends are among the characters that no line may hide; the answer keeps those it has between paragraphs.
        if hidden := HIDDEN.search(text.replace("\n", " ")):
            raise Unreadable(f"“{each.label}” holds a character that cannot be seen: U+{ord(hidden[0]):04X}.")
        if each.options and text not in each.options:
            raise Unreadable(f"“{each.label}” is none of: {', '.join(each.options)}.")
        answers[each.id] = text
    asked = dict.fromkeys(each.one_of for each in form.fields if each.one_of)
    for label in asked:
        if not any(each.id in answers for each in form.fields if each.one_of == label):
            raise Unreadable(f"“{label}” is empty in every language.")
    return Answers(form, MappingProxyType(answers))


def records_of(answers: Answers, number: int) -> dict[str, list[dict[str, Any]]]:
    """The records that answers make, by collection, with ids made of what was answered and the issue's number."""
    made: dict[str, dict[str, Any]] = {}
    for each in answers.form.fields:
        text = answers.by_id.get(each.id)
        if text is None or not each.keys:
            continue
        collection, *keys, last = each.keys
        at = made.setdefault(collection, {})
        for key in keys:
            at = at.setdefault(key, {})
        at[last] = text if "text" in each.keys else " ".join(text.split())
    claim, source, reply = made.get("claims"), made.get("sources"), made.get("responses")
    company = (claim or reply or {}).get("company", "")
    if source and (claim is None or "title" in source or "url" in source):
        source["id"] = _id(source.get("publisher", "source"), source.get("issued", ""), company, number=number)
        if "author" in source:
            source["author"] = [source["author"]]
    else:
        made.pop("sources", None)
        source = None
    if reply is not None:
        reply["id"] = _id(company, "reply", number=number)
        reply["company"] = company
        reply.setdefault("status", "responded")
    if claim is not None:
        claim["id"] = _id(company, claim.get("kind", ""), claim.get("date", ""), number=number)
        citation = claim.pop("citations", {})
        if source and "source" not in citation:
            citation = {"source": source["id"], **citation}
        claim["citations"] = [citation] if citation else []
        claim["reply"] = [reply["id"]] if reply else []
    return {name: [_in_order(COLLECTIONS[name], made[name])] for name in COLLECTIONS if name in made}


def _in_order(cls: type[Any], record: dict[str, Any]) -> dict[str, Any]:
    return {each.name: record[each.name] for each in fields(cls) if record.get(each.name)}


def _id(*words: str, number: int) -> str:
    """Words as an id, ending in the number of the issue: no other issue makes it."""
    plain = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
    end = f"-{number}"
    return plain[: LONGEST_ID - len(end)].rstrip("-") + end


def as_file(answers: Answers, number: int) -> str:
    """The data file that answers make. Raises `Unreadable` where the form is for people alone."""
    if not answers.form.is_data:
        raise Unreadable(f"“{answers.form.name}” is read by people: no file is made of it.")
    head = f"# Made of issue {number}. Ids are permanent: choose them before merging.\n"
    parts = [as_block({name: each}, data=True) for name, each in records_of(answers, number).items()]
    return head + "\n" + "\n".join(parts)
