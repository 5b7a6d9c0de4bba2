"""The field's records: every collection of data format 1, and every key a record may hold.

This is the one place a key is named. The reader (`validate.py`), the tables of `docs/data-format.md` and the messages
about unknown keys and values derive from these classes: the annotation says how a value is read, `key` says in one
sentence what it means. A key without a default is required.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from dossier.dates import Edtf
from dossier.document import Place
from dossier.frozen import MISSING, dataclass, field
from dossier.values import Address, Country, Currency, Id, Language, Prose, Ref, Text, Url, Words

Kind = Literal["contract", "order", "service", "property-transaction", "subcontract", "subsidy", "profile", "other"]
Mode = Literal["recorded", "reported", "alleged", "acknowledged", "denied", "adjudicated"]
AmountKind = Literal["obligated", "current", "ceiling", "estimate", "unclear"]
Intent = Literal["supports", "context", "disputes"]
NexusKind = Literal["headquartered", "incorporated", "controlled", "listed", "founded"]
Relation = Literal[
    "registered-name",
    "named-in-contract",
    "parent",
    "subsidiary",
    "affiliate",
    "intermediary",
    "predecessor",
    "successor",
    "brand",
    "other",
]
Means = Literal["email", "letter", "telephone", "meeting", "published"]
Status = Literal["responded", "declined", "no-response", "none-found", "not-asked", "invited"]
OWN_WORDS = ("responded", "declined")
"""Statuses of a response that holds words of the company."""
Position = Literal["disputes", "accepts", "partly", "no-comment", "corrects", "none"]
Role = Literal["record", "reporting", "statement", "summary", "commentary", "advocacy"]
Read = Literal["whole", "excerpt", "none"]
Availability = Literal["live", "dead", "paywalled", "retracted"]
DemandStatus = Literal["open", "in-progress", "met", "partly-met", "refused", "withdrawn"]
EventKind = Literal["parliament", "government", "protest", "court", "company", "other"]
CorrectionKind = Literal["correction", "clarification", "update", "retraction", "redaction"]
RaisedBy = Literal["reader", "company", "editor", "source"]
Reason = Literal["wrong", "superseded", "wrong-entity", "source-retracted", "unverifiable", "duplicate"]
HostKind = Literal["github", "gitlab", "forgejo"]
# The item types of CSL 1.0.2 (docs.citationstyles.org), in its own order.
SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]

NOT_TEXT = frozenset(
    (
        "broadcast",
        "dataset",
        "event",
        "figure",
        "graphic",
        "interview",
        "map",
        "motion_picture",
        "musical_score",
        "performance",
        "personal_communication",
        "software",
        "song",
        "speech",
    )
)
"""CSL types whose works need not have words on a page. A speech or interview that was read in print has the type of
what it was printed in."""

SourceId = Annotated[str, Ref(("sources",))]
CompanyId = Annotated[str, Ref(("companies",))]
AgencyId = Annotated[str, Ref(("agencies",))]
PublisherName = Annotated[str, Ref(("publishers",), or_text=True)]


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """That a list of one may be written without its dash."""


@dataclass(frozen=True, slots=True)
class AsReceived:
    """That a text is somebody else's whole text: its paragraphs stand as they came, and no rule judges its words."""


def key(doc: str, *, default: Any = MISSING, example: str = "") -> Any:
    """A key of a record: `doc` is its line in the docs, `example` what to write there. No default means required."""
    return field(default=default, metadata={"doc": doc, "example": example})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Anything read from a mapping. `place` is where it was typed; it takes no part in comparisons."""

    place: Place = field(compare=False, repr=False, metadata={"hidden": True})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Part):
    """A record of a collection. Its id is unique over all collections and permanent: it is the address."""

    id: Id = key("Permanent name of the record: its address and its anchor. Never reused, never renamed.")
    digest: int = field(default=0, compare=False, repr=False, metadata={"hidden": True})
    """Of what it says, as `digests.py` has it; 0 in collections of which no version is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Part):
    """A pointer into a source: which one, the words relied on, and where in it they stand."""

    source: SourceId = key("Id of the source.")
    quote: Words | None = key("The source's own words, at most 25, exactly as printed there.", default=None)
    locator: Words | None = key("Where in the source: page, paragraph, minute.", default=None, example="para. 2")
    intent: Intent = key("What the words do for the statement.", default="supports")
    firsthand: bool = key(
        "These words are the source's own reporting, though other parts of it derive from elsewhere.", default=False
    )
    translation: Text | None = key("The quote in another language, by language code. Shown as ours.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Part):
    """Money, with its kind. Kinds are never added together."""

    value: Decimal = key("A number with a point and no separators.", example="7234926.20")
    currency: Currency = key("ISO 4217 code.", example="USD")
    kind: AmountKind = key("obligated is committed, ceiling the most it may reach; unclear where no source says.")
    approximate: bool = key("The source itself says 'about'.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal(Part):
    """Why a claim is no longer made. The claim stays on its page, struck through."""

    date: Edtf = key("The day it was withdrawn.")
    reason: Reason = key("Why.")
    note: Text | None = key("What readers should know.", default=None)
    replaced_by: Annotated[str, Ref(("claims",))] | None = key(
        "Id of the claim that stands in its place.", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference(Part):
    """Another claim that contradicts this one."""

    claim: Annotated[str, Ref(("claims",))] = key("Id of the other claim, which must point back.")
    note: Prose | None = key("In what they differ.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A statement about a company by a named source."""

    company: CompanyId = key("Id of the company; `about` at the top of a file sets it for the whole file.")
    title: Text | None = key("A short heading. Without one it is made from kind, counterparty and date.", default=None)
    kind: Kind = key("What kind of relation the statement is about.")
    mode: Mode = key("Who stands behind the statement, not whether it is true.")
    date: Edtf | None = key("When what is stated happened.", default=None, example="2025-11-28")
    planned: bool = key("What is stated lies ahead of its sources.", default=False)
    party: Annotated[str, Ref(("legal_entities",))] | None = key("The legal entity that signs.", default=None)
    counterparty: AgencyId | None = key("The agency on the other side.", default=None)
    amount: Amount | None = key("The money the statement names.", default=None)
    statement: Text = key("One sentence that says who says it.")
    note: Prose | None = key("The editors' note on the evidence.", default=None)
    citations: tuple[Citation, ...] = key("At least one that supports the statement.")
    verified: Edtf | None = key("Last day a person found the sources to support the text.", default=None)
    differs_from: tuple[Difference, ...] = key("Claims that contradict this one.", default=())
    adverse: bool | None = key("Whether a reply is owed. True unless the kind is profile.", default=None)
    reply: Annotated[tuple[Annotated[str, Ref(("responses",))], ...], OneOrMany()] = key(
        "Id of the company's response, or several.", default=()
    )
    withdrawn: Withdrawal | None = key("That the claim is no longer made, and why.", default=None)

    @property
    def is_adverse(self) -> bool:
        return self.kind != "profile" if self.adverse is None else self.adverse

    @property
    def supports(self) -> tuple[Citation, ...]:
        return tuple(citation for citation in self.citations if citation.intent == "supports")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Record):
    """What the company answers, or that no answer is known. Shown beside the claims that name it in `reply`."""

    company: CompanyId = key("Id of the company; `about` sets it.")
    status: Status = key("What became of asking. not-asked needs a reason, invited a deadline.")
    date: Edtf = key("The day of the answer, of the search or of the invitation.")
    position: Position = key("Where the company stands on the claim.", default="none")
    statement: Prose | None = key("What the company says, in our words.", default=None)
    citations: tuple[Citation, ...] = key("Required where status is responded or declined.", default=())
    reason: Text | None = key("Why the company was not asked.", default=None)
    deadline: Edtf | None = key("The day an invited answer is due, 14 days on or later.", default=None)
    questions: Url | None = key("Where what was asked can be read.", default=None)
    received: Edtf | None = key("The day the answer arrived, where that is not `date`.", default=None)
    means: Means | None = key("How the answer came.", default=None)
    text: Annotated[Text, AsReceived()] | None = key(
        "The answer in full, as received, in each language it came in; an empty line between paragraphs.", default=None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headquarters(Part):
    city: Words | None = key("City.", default=None)
    region: Words | None = key("Province or state, as its two letters.", default=None, example="ON")
    country: Country | None = key("ISO 3166 code.", default=None, example="CA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifiers(Part):
    """Numbers in public registers. Shape and check digits are verified."""

    wikidata: Words | None = key("Wikidata item.", default=None, example="Q42")
    lei: Words | None = key("Legal Entity Identifier, ISO 17442.", default=None)
    uei: Words | None = key("Unique Entity ID of SAM.gov.", default=None)
    cik: Words | None = key("Central Index Key of the SEC.", default=None)
    bn: Words | None = key("Business number of the Canada Revenue Agency.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nexus(Part):
    """One cited reason why the company meets the dossier's definition."""

    kind: NexusKind = key("How the company belongs here.")
    citations: tuple[Citation, ...] = key("Who says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEntity(Part):
    """Who signs is rarely the brand."""

    id: Id = key("Permanent name of the entity.")
    name: Words = key("Registered name.")
    relation: Relation = key("What it is to the company.")
    citations: tuple[Citation, ...] = key("Who says so.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Part):
    """A row of the facts table."""

    label: Text = key("What the row is about.")
    text: Prose = key("What is known.")
    citations: tuple[Citation, ...] = key("Who says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Record):
    """A company the dossier is about."""

    name: Words = key("The name people know.")
    aliases: tuple[Words, ...] = key("Other names.", default=())
    sector: Text | None = key("What it does, in three words.", default=None)
    headquarters: Headquarters | None = key("Where it is run from.", default=None)
    website: Url | None = key("Its own site.", default=None)
    identifiers: Identifiers | None = key("Numbers in public registers.", default=None)
    nexus: tuple[Nexus, ...] = key("Why it meets the definition; printed as the definition's answer.", default=())
    legal_entities: tuple[LegalEntity, ...] = key("Who signs.", default=())
    facts: tuple[Fact, ...] = key("Further rows of the facts table.", default=())
    summary: Prose | None = key("A paragraph or two, each with a citation.", default=None)
    unknown: tuple[Prose, ...] = key("What is not known, a sentence each.", default=())
    apart: Prose | None = key("Why it is kept apart from the main list.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Part):
    url: Url = key("Address of the archived copy.")
    captured: Edtf | None = key("The day it was captured.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A cited work. Field names from CSL-JSON where it has one."""

    type: SourceType = key("The CSL type.", example="article-newspaper")
    title: Words = key("As printed.")
    author: tuple[Words, ...] = key("Names as printed.", default=())
    publisher: PublisherName = key("Name, or the id of a record in publishers.")
    publisher_of_record: PublisherName | None = key(
        "Whose work it is, where the page read is a republication.", default=None
    )
    wire: PublisherName | None = key("The news agency whose story it is.", default=None, example="cp")
    issued: Edtf | None = key("When it was published.", default=None)
    accessed: Edtf | None = key("When it was read. Required unless read is none.", default=None)
    url: Url | None = key("Where it was read. Required unless read is none.", default=None)
    language: Language = key("Language of the text.", example="en")
    role: Role = key("What kind of evidence it is.")
    derived_from: Annotated[tuple[Annotated[str, Ref(("sources",), also=("unknown",))], ...], OneOrMany()] = key(
        "Sources it summarises, republishes or rests on; `unknown` counts as no origin.", default=()
    )
    read: Read = key("How much was read. none marks an original known only through others.", default="whole")
    archives: tuple[Archive, ...] = key("Archived copies.", default=())
    availability: Availability | None = key("What a reader meets at the address.", default=None)
    note: Text | None = key("What a reader should know about this text.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(Record):
    name: Text = key("Its name.")
    abbreviation: Text | None = key("Its letters.", default=None, example="MoW")
    parent: AgencyId | None = key("The agency it belongs to.", default=None)
    country: Country | None = key("ISO 3166 code.", default=None)
    website: Url | None = key("Its own site.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher(Record):
    name: Text = key("Its name.")
    owner: Annotated[str, Ref(("publishers", "companies"), or_text=True)] | None = key(
        "Who owns it: a name, or the id of a publisher or company. Sources of one owner are not independent.",
        default=None,
    )
    disclosure: Text | None = key("An interest readers should know.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Part):
    """A public office holder or an organization."""

    name: Words = key("Name.")
    role: Text | None = key("The public role. Required for a person; an organization sets organization.", default=None)
    organization: bool = key("That this is an organization, not a person.", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Part):
    """One dated change of a demand's status."""

    date: Edtf = key("The day.")
    status: DemandStatus = key("The status from then on.")
    note: Prose | None = key("What happened.", default=None)
    citations: tuple[Citation, ...] = key("Who says so.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Record):
    """What was asked, by whom and of whom."""

    title: Text | None = key("A short heading.", default=None)
    by: Person = key("Who asks: public office holders and organizations only.")
    addressed_to: Annotated[str, Ref(("agencies", "companies"))] = key("The agency or company asked.")
    date: Edtf = key("The day it was asked.")
    text: Text = key("What is asked.")
    status: DemandStatus = key("What became of it.")
    history: tuple[Step, ...] = key("Every change of status, dated and cited.", default=())
    citations: tuple[Citation, ...] = key("Who says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """What governments, parliaments, courts and the public did."""

    date: Edtf = key("When.")
    kind: EventKind = key("Whose act it was.")
    title: Text = key("A short heading.")
    text: Prose | None = key("What happened, and who says so.", default=None)
    planned: bool = key("It lies ahead of its sources.", default=False)
    involved: tuple[Annotated[str, Ref(("companies", "agencies", "demands", "claims", "legal_entities"))], ...] = key(
        "Ids of companies, agencies and demands.", default=()
    )
    citations: tuple[Citation, ...] = key("Who says so.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Record):
    date: Edtf = key("The day it was made.")
    target: Annotated[str, Ref(("*",))] = key("Id of the record that changed.")
    kind: CorrectionKind = key(
        "A correction mends an error, an update follows events, a clarification changes no meaning."
    )
    before: Text | None = key("What stood there.", default=None)
    after: Text | None = key("What stands there now.", default=None)
    raised_by: RaisedBy | None = key("Who found it.", default=None)
    source: SourceId | None = key("The source that shows it.", default=None)
    text: Text | None = key("What readers should know.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone(Record):
    """A record that is gone: its id stays taken and its address says why."""

    date: Edtf = key("The day it went.")
    reason: Text = key("Why.")
    replaced_by: Annotated[str, Ref(("*",))] | None = key("Id of the record that stands in its place.", default=None)
    company: CompanyId | None = key("Of a claim that is gone, the company on whose page it stood.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Part):
    """What was looked for and not found. Absence, with a date, that can be cited."""

    id: Id | None = key("Permanent name, if it is to be linked to.", default=None)
    company: CompanyId | None = key("The company it is about; `about` sets it.", default=None)
    where: Text = key("Where it was looked for.")
    query: Text = key("What was looked for.")
    date: Edtf = key("When.")
    result: Text | None = key("What came of it; without it, nothing was found.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Part):
    term: Text = key("The word.")
    text: Text = key("What it means here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Severe(Part):
    """A rule whose severity this dossier changes."""

    rule: Words = key("Code of the rule.", example="E203")
    severity: Literal["error", "warning"] = key("How findings of the rule count.")
    reason: Words | None = key("Required to lower one; printed at every build.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Part):
    max_file_mb: Decimal = key("Largest data file, in megabytes.", default=Decimal(2))
    severity: tuple[Severe, ...] = key("Rules whose severity differs here.", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting(Part):
    """How the pages of the repository's host are addressed, for the links that open a file there."""

    kind: HostKind | None = key("Whose software it runs, where the address does not tell.", default=None)
    branch: Words = key("The branch that is published.", default="main")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Part):
    """`data/site.yaml`, the one special file."""

    title: Text = key("Name of the dossier.")
    base_url: Url = key("Where the site will stand, with a slash at the end.")
    languages: tuple[Language, ...] = key("Languages of the site. The first is the default.")
    repository: Url = key("Where the data is kept.")
    host: Hosting | None = key("How pages of the repository are addressed.", default=None)
    contact: Address = key("Where to write.")
    licence: Text = key("Licence of the content.")
    publisher: Text = key("Who answers for the dossier.")
    description: Text | None = key("What it is, in a sentence or two.", default=None)
    definitions: tuple[Definition, ...] = key("Words with a meaning of their own here.", default=())
    inclusion: Text | None = key("When a company is listed.", default=None)
    policy: Policy | None = key("Limits and severities.", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPage(Part):
    """A prose page: `content/<name>.<language>.md`. `name` and `language` come from the file name."""

    name: str = field(metadata={"hidden": True})
    language: str = field(metadata={"hidden": True})
    body: Prose = field(metadata={"hidden": True})
    title: Words = key("Heading of the page.")
    menu: Words | None = key("Shorter name for the menu.", default=None)
    description: Words | None = key("A sentence for search engines.", default=None)
    slug: Id | None = key("Address of the page in this language, where it differs from the file's name.", default=None)
    order: Decimal = key("Place in the menu.", default=Decimal(50))


COLLECTIONS: dict[str, type[Record] | type[Search]] = {
    "companies": Company,
    "agencies": Agency,
    "publishers": Publisher,
    "sources": Source,
    "claims": Claim,
    "responses": Response,
    "demands": Demand,
    "events": Event,
    "corrections": Correction,
    "tombstones": Tombstone,
    "searches": Search,
}
"""Top-level keys of a data file, and what each of their items is."""

WITH_ABOUT = ("claims", "responses", "searches")
"""Collections whose `company` a file's `about` fills in."""
