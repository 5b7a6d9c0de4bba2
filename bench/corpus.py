"""An invented dossier of any size, the same for the same number and seed, written out file by file.

`python bench/corpus.py 1000 DIR` writes a dossier of a thousand companies, `python bench/corpus.py edit DIR 7` makes
the standard edit of the benchmark in its eighth. Nothing depends on the clock, on hashes or on what was written before:
what a company or a source holds is a function of its number, so that a hundred thousand need no more memory than one.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

MARKER = ".bench-corpus"
SOURCES_A_FILE = 500
LARGEST_FILE_MB = 256
"""What the program reads at most, whatever the policy of a site says."""

# Three letters each, any two unlike in two places, so that no two names made of them are one letter apart.
SYLLABLES = (
    "bra len mos tuk vir dap gol hes jun kip nar pem quo ruf sly tev und wox yil zim ola cek fyd hug iko lut méd nis "
    "ost plé rac sig tro ubl wey"
).split()
TRADES = (
    "Bakery Freight Optics Textiles Timber Aviation Software Catering Security Logistics Ceramics Dredging Forwarding "
    "Glassworks Hydraulics Instruments Laundries Machining Navigation Packaging Quarries Robotics Shipping Telemetry "
    "Umbrellas Vehicles Warehousing Yachts Zinc Analytics Bridges Cartography Diagnostics Electric Foundry Generators "
    "Housing Insulation Joinery Kitchens Lighting Metals Networks Ovens Pumps Radio Scaffolding Tents Uniforms Valves "
    "Weaving Antennas Batteries Cables Drones Engraving Fencing Galvanizing Harbours Imaging Keels Locksmiths Masonry "
    "Nurseries Outfitters Plastics Quilts Railcars Sensors Turbines Upholstery Vaults Waterworks Alloys Boilers Cranes "
    "Dataworks Elevators Fisheries Gauges Helicopters Ironworks Kilns Linen Motors Orchards Paper Resins Surveys "
    "Tractors Ventilation Windows Archives Buses Coatings Dairies Energy Footwear Grain Hosting Interiors Leasing "
    "Milling Printing Refrigeration Staffing Translation Upkeep Wireless Bricks Canvas Doors Excavation Furniture "
    "Granite Hardware"
).split()
FIRST_NAMES = len(SYLLABLES) ** 2
MOST = FIRST_NAMES * len(TRADES)
_SPREAD = 40_009
"""Shares no factor with `MOST`: names that follow one another begin unlike."""

SECTORS = (
    "Bread and rolls|Freight and storage|Lenses and cameras|Cloth and uniforms|Wood and paper|Aircraft parts|Software"
    "|Meals for institutions|Guards and gates|Maps and surveys|Pumps and pipes|Vehicles|Data and hosting|Heating"
    "|Boats and docks|Temporary buildings|Telephones and radio|Cleaning|Translation|Machine tools|Fuel and power"
    "|Furniture|Printing|Medical supplies"
).split("|")
GOODS = (
    "storm tents|heavy umbrellas|rain gauges|tide tables|field kitchens|signal lamps|harbour radios|wool blankets"
    "|fog horns|weather balloons|folding beds|water filters|cloud cameras|steel gates|night lenses|survey drones"
    "|rescue boats|paper maps|record shelves|snow fences|mobile offices|canteen meals|guard booths|river pumps"
    "|lightning rods|ice augers|barometers|warehouse space|ferry tickets|interpreters|data storage|payroll software"
    "|radio masts|diesel generators|rubber boots|wind vanes|sandbags|canvas covers|cold rooms|bus charters"
).split("|")
PLACES = (
    "Puddleton|Marnwick|Saint-Orle|Brackenford|Tidewell|Grand-Mérou|Ostrey|Lower Finch|Coldharbour|Val-Perdrix"
    "|Northmere|Quillby|Harrowgate Bay|Pont-Clair|Sable Point|Thornbury Mills|Wexcombe|Île-aux-Grues|Fallow Creek"
    "|Dunmarrow|Eastlock|Roche-Brune|Kettle Bridge|Osprey Landing"
).split("|")
REGIONS = "ON QC BC AB NS NB MB SK NL PE".split()
MINISTRIES = (
    "Ministry of Weather|Ministry of Tides|Bureau of Drizzle|Office of Fog and Frost|Agency for Inland Ferries"
    "|Department of Lighthouses|Service of Bridges and Weirs|Board of Public Umbrellas|Directorate of Snow"
    "|Commission on Rivers|Registry of Winds|Institute of Clouds|Corps of Harbour Pilots|Secretariat for Storms"
    "|Council of Dikes|Inspectorate of Thermometers"
).split("|")
OFFICES = "Regional Office|Field Station|District Depot|Procurement Office|Training Centre|Harbour Office".split("|")
WIRES = "Cloud Press|Tideline News Agency|Agence Brume|Northern Wire|Coastal Press Service".split("|")
PAPERS = "Gazette Courier Herald Post Tribune Observer Chronicle Messenger Dispatch Bulletin Monitor Journal".split()
HOUSES = "Puddle Holdings|Grey Heron Media|Groupe Merle|Lantern Publishing|Saltmarsh Newspapers".split("|")
GIVEN = "Ada Bruno Céline Dmitri Elsa Farid Greta Hugo Inès Jonas Keira Luc Maud Nils Odile Pavel Rosa Sven".split()
FAMILY = "Abbott Brisebois Calder Drummond Eversley Fournier Granger Hollis Ivarsson Joubert Kessler Lachance".split()
TOPICS = "deal order service parcel works grant profile inquiry".split()


def words_of(name: str) -> str:
    """A name as the words of an id."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def company_name(number: int, seed: int) -> str:
    """The name of a company: no two are alike, whatever the size of the dossier."""
    place = (number * _SPREAD + seed * 7919) % MOST
    first, trade = divmod(place, len(TRADES))
    a, b = divmod(first, len(SYLLABLES))
    return f"{(SYLLABLES[a] + SYLLABLES[b]).capitalize()} {TRADES[trade]}"


def publisher_name(number: int) -> str:
    """Wire services first, then papers."""
    if number < len(WIRES):
        return WIRES[number]
    town, paper = divmod(number - len(WIRES), len(PAPERS))
    a, b = divmod(town * 401 % FIRST_NAMES, len(SYLLABLES))
    return f"The {(SYLLABLES[b] + SYLLABLES[a]).capitalize()} {PAPERS[paper]}"


def agency_name(number: int) -> str:
    """Ministries first, then their offices in the country."""
    if number < len(MINISTRIES):
        return MINISTRIES[number]
    town, office = divmod(number - len(MINISTRIES), len(OFFICES))
    a, b = divmod(town * 577 % FIRST_NAMES, len(SYLLABLES))
    return f"{OFFICES[office]} of {(SYLLABLES[a] + SYLLABLES[b]).capitalize()}"


def agency_id(number: int) -> str:
    """Offices keep their number: two towns may differ in an accent alone."""
    words = words_of(agency_name(number))
    return words if number < len(MINISTRIES) else f"{words}-{number}"


def publisher_id(number: int) -> str:
    """As `agency_id`."""
    return f"{words_of(publisher_name(number)).removeprefix('the-')}-{number}"


@dataclass(frozen=True)
class Written:
    """What others need to know of a source: where it stands, when it was published, what it can support."""

    id: str
    role: str
    type: str
    publisher: str
    """Id of a publisher, or the name of the company whose own words it is."""
    printed: str
    """The publisher's name, for sentences."""
    issued: str
    day: date
    language: str
    read: str
    derived_from: tuple[str, ...] = ()
    wire: str = ""
    publisher_of_record: str = ""

    @property
    def is_strong(self) -> bool:
        return self.role not in ("summary", "advocacy", "commentary", "statement")


_DAYS = (date(2026, 5, 31) - date(2019, 1, 1)).days
READ_ON = date(2026, 6, 20)
"""The day all that is undated here was read, looked for or verified: no later one stands in a corpus."""


class Corpus:
    """A dossier of `size` companies and three times as many sources."""

    def __init__(self, size: int, seed: int = 1) -> None:
        self.size, self.seed = size, seed
        self.agencies = len(MINISTRIES) + size // 50
        self.publishers = 40 + size // 20
        self.shift = size // 3 + 1
        """How far on stands the company that shares a source."""
        self.source = lru_cache(maxsize=4096)(self._source)
        self.company_id = lru_cache(maxsize=4096)(lambda number: words_of(company_name(number, seed)))

    def _dice(self, *what: object) -> random.Random:
        return random.Random("/".join(map(str, (self.seed, *what))))

    def _day(self, owner: int, which: int) -> date:
        return date(2019, 1, 1) + timedelta(self._dice("day", owner, which).randrange(_DAYS))

    def _source(self, number: int) -> Written:
        """The first source of a company is a report; the second a record or a report; the third one of many things."""
        owner, which = divmod(number, 3)
        dice = self._dice("source", number)
        kind = self._third(owner)
        name = company_name(owner, self.seed)
        paper = dice.randrange(len(WIRES), self.publishers)
        day = self._day(owner, which)
        role, type_, read, language, wire, of_record = "reporting", "article-newspaper", "whole", "en", "", ""
        derived: tuple[str, ...] = ()
        publisher, printed = publisher_id(paper), publisher_name(paper)
        if which == 0:
            type_ = dice.choice(("article-newspaper", "article-newspaper", "article-magazine", "webpage"))
            language = "fr" if dice.random() < 0.05 else "en"
            if kind == "original":
                day, derived = self._day(owner, 2) + timedelta(1), (self.source(number + 2).id,)
            elif dice.random() < 0.06:
                derived = ("unknown",)
        elif which == 1 and dice.random() < 0.6:
            role, type_ = "record", dice.choice(("dataset", "report", "legal_case", "document"))
            agency = dice.randrange(self.agencies)
            publisher = printed = agency_name(agency)
        elif which == 1 and dice.random() < 0.3:
            type_ = "broadcast"
        elif which == 2:
            first = self.source(number - 2) if kind not in ("original",) else None
            match kind:
                case "statement":
                    role, type_, publisher, printed = "statement", "webpage", name, name
                    day = date(2026, 3, 1) + timedelta(dice.randrange(90))
                case "summary":
                    assert first
                    role, type_, derived = "summary", "post-weblog", (first.id,)
                    day = first.day + timedelta(dice.randrange(1, 9))
                case "wire":
                    wire = publisher_id(dice.randrange(len(WIRES)))
                    of_record = wire if dice.random() < 0.3 else ""
                case "chain":
                    assert first
                    other = self.source(dice.randrange(number))
                    derived = (first.id,) if other.role == "statement" else (first.id, other.id)
                    day = first.day + timedelta(dice.randrange(1, 30))
                case "original":
                    read = "none"
                case _:
                    role, type_ = kind, "webpage" if kind == "advocacy" else "post-weblog"
        day = min(day, date(2026, 6, 10))
        issued = day.isoformat()
        if type_ in ("dataset", "report", "document"):
            issued = issued[:7] if dice.random() < 0.7 else issued[:4]
        short = words_of(printed).removeprefix("the-").split("-")[0]
        identity = f"{short}-{issued}-{number}"
        return Written(identity, role, type_, publisher, printed, issued, day, language, read, derived, wire, of_record)

    def _third(self, owner: int) -> str:
        """What the third source of a company is."""
        kinds = ("statement", "summary", "wire", "chain", "original", "advocacy", "commentary")
        return self._dice("third", owner).choices(kinds, (38, 18, 18, 10, 8, 4, 4))[0]

    def _is_shared(self, number: int) -> bool:
        return number % 3 < 2 and self._dice("shared", number).random() < 0.3

    def readable(self, company: int) -> tuple[list[Written], list[Written]]:
        """The sources a company's page can cite: its own, and those it shares with another company."""
        own = [found for which in range(3) if (found := self.source(3 * company + which)).read != "none"]
        other = (company - self.shift) % self.size
        if other == company:
            return own, []
        return own, [self.source(n) for n in (3 * other, 3 * other + 1) if self._is_shared(n)]

    # How records are written. Values that could be read as something else than plain text stand in quotes.

    def site(self, max_file_mb: int) -> str:
        """`data/site.yaml`."""
        policy = f"policy: {{max_file_mb: {max_file_mb}}}\n" if max_file_mb > 2 else ""
        return (
            "title: Companies and the Ministry of Weather\n"
            "base_url: https://dossier.example/\n"
            "languages: [en]\n"
            "repository: https://code.example/weather/dossier\n"
            "contact: mailto:desk@dossier.example\n"
            "licence: CC BY 4.0\n"
            "publisher: The Weather Desk\n"
            "description: What named sources report about companies that supply the Ministry of Weather.\n"
            "inclusion: A company is listed when a named source reports that it supplies the ministry.\n" + policy
        )

    def agency_records(self) -> Iterator[str]:
        for number in range(self.agencies):
            lines = [f"id: {agency_id(number)}", f"name: {agency_name(number)}"]
            if number < len(MINISTRIES):
                lines.append(f"abbreviation: {''.join(w[0] for w in agency_name(number).split() if w[0].isupper())}")
            else:
                lines.append(f"parent: {agency_id(number % len(MINISTRIES))}")
            yield record([*lines, "country: CA"])

    def publisher_records(self) -> Iterator[str]:
        for number in range(self.publishers):
            dice = self._dice("publisher", number)
            lines = [f"id: {publisher_id(number)}", f"name: {publisher_name(number)}"]
            if number >= len(WIRES) and dice.random() < 0.4:
                lines.append(f"owner: {dice.choice(HOUSES)}")
            if dice.random() < 0.05:
                lines.append("disclosure: The owner also sells umbrellas to the ministry.")
            yield record(lines)

    def source_record(self, number: int) -> str:
        """A source as it stands in a file."""
        source, dice = self.source(number), self._dice("source text", number)
        goods, place = dice.choice(GOODS), dice.choice(PLACES)
        name = company_name(number // 3, self.seed)
        title = dice.choice(
            (
                f"{goods.capitalize()} for {place}",
                f"{name} delivers {goods}",
                f"Who pays for the {goods}?",
                f"Ministry buys {goods} from {name}",
                f"In {place}, a firm and its {goods}",
                f"{name}: the story of the {goods}",
            )
        )
        if source.role == "record":
            title = dice.choice((f"Register of purchases, {source.issued[:4]}", f"Accounts of the {source.printed}"))
        if source.language == "fr":
            title = f"Des commandes à {place} : qui paie ?"
        lines = [f"id: {source.id}", f"type: {source.type}", f"title: {quoted(title)}"]
        if source.role in ("reporting", "commentary") and dice.random() < 0.8:
            people = [f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}" for _ in range(1 + (dice.random() < 0.25))]
            lines.append(f"author: [{', '.join(dict.fromkeys(people))}]")
        lines.append(f"publisher: {source.publisher}")
        if source.publisher_of_record:
            lines.append(f"publisher_of_record: {source.publisher_of_record}")
        if source.wire:
            lines.append(f"wire: {source.wire}")
        lines.append(f"issued: {source.issued}")
        site = words_of(source.printed)
        address = f"{site}.example/{source.issued[:4]}/{words_of(goods)}-{number}"
        if source.read != "none":
            lines += [f"accessed: {READ_ON - timedelta(dice.randrange(10))}", f"url: https://{address}"]
        lines += [f"language: {source.language}", f"role: {source.role}"]
        if source.derived_from:
            lines.append(f"derived_from: [{', '.join(source.derived_from)}]")
        if source.read == "none" or dice.random() < 0.1:
            lines.append(f"read: {'none' if source.read == 'none' else 'excerpt'}")
        if source.read != "none":
            captured = min(source.day + timedelta(dice.randrange(31)), READ_ON)
            archive = f'{{url: "https://archive.example/{captured:%Y%m%d}/{address}", captured: {captured}}}'
            lines.append(f"archives: [{archive}]")
            lines.append(f"availability: {dice.choices(('live', 'paywalled', 'dead'), (80, 15, 5))[0]}")
        if dice.random() < 0.06:
            lines.append("note: The headline was changed on the day after publication.")
        return record(lines)

    def company_records(self, number: int, with_company: bool) -> tuple[str, str, str]:
        """A company, its claims and its responses. `with_company` names the company in each claim and response."""
        return _Writing(self, number, with_company).records()


def quoted(text: str) -> str:
    """A text between quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def folded(text: str, indent: int, width: int = 112) -> str:
    """Paragraphs as lines of a folded block."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        if lines:
            lines.append("")
        line = ""
        for word in paragraph.split(" "):
            if line and indent + len(line) + 1 + len(word) > width:
                lines.append(" " * indent + line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(" " * indent + line)
    return "\n".join(lines)


def record(lines: list[str]) -> str:
    """An item of a collection."""
    return "  - " + "\n    ".join(lines) + "\n"


def money(value: int | float, currency: str) -> str:
    """An amount as English sentences write it."""
    sign = {"CAD": "C$", "USD": "US$", "EUR": "€"}[currency]
    return f"{sign}{value:,}" if isinstance(value, int) else f"{sign}{value:,.2f}"


SAID = ("reported", "wrote", "said", "noted")
"""What the standard edit turns into one another at the end of a company's first claim."""
ANSWERED = ("said", "stated", "answered", "replied")
"""And at the beginning of its first response."""


class _Writing:
    """One company, written: which of its sources are still to be cited is kept here."""

    def __init__(self, corpus: Corpus, number: int, with_company: bool) -> None:
        self.corpus, self.number, self.with_company = corpus, number, with_company
        self.dice = corpus._dice("company", number)
        self.id, self.name = corpus.company_id(number), company_name(number, corpus.seed)
        own, shared = corpus.readable(number)
        self.sources = own + shared
        self.strong = [source for source in self.sources if source.is_strong]
        self.left = [*shared, *own[1:]]
        self.place = self.dice.choice(PLACES)
        self.agencies = [self.dice.randrange(corpus.agencies) for _ in range(3)]
        self.goods = self.dice.sample(GOODS, 4)
        self.answers = self._answers(any(source.role == "statement" for source in own))
        self.own_words = next((s for s in own if s.role == "statement"), None)

    def records(self) -> tuple[str, str, str]:
        claims = "".join(self._claim(index) for index in range(6))
        responses = self._responses()
        return self._company(), claims, responses

    def _belongs(self) -> list[str]:
        return [f"company: {self.id}"] if self.with_company else []

    def _citation(self, source: Written, words: str, intent: str = "") -> list[str]:
        parts = [f"source: {source.id}"]
        if source.language == "fr":
            parts.append(f"quote: {quoted(f'la livraison de matériel à {self.place} a été payée')}")
        else:
            parts.append(f"quote: {quoted(words)}")
        if self.dice.random() < 0.5:
            kind = "row" if source.type == "dataset" else "p." if source.type == "report" else "para."
            parts.append(f"locator: {kind} {self.dice.randrange(1, 40)}")
        if intent:
            parts.append(f"intent: {intent}")
        if source.language == "fr":
            parts.append('translation: {en: "the delivery of equipment was paid for"}')
        return parts

    def _citations(self, *citations: list[str], indent: int = 0) -> list[str]:
        lines = ["citations:"]
        for first, *rest in citations:
            inline = f"  - {{{', '.join((first, *rest))}}}"
            lines += [inline] if len(inline) <= 118 - indent else [f"  - {first}", *(f"    {line}" for line in rest)]
        return [" " * indent + line for line in lines]

    def _claim(self, index: int) -> str:
        dice = self.dice
        source = self.strong[index % len(self.strong)]
        agency = self.agencies[index % 3]
        goods = self.goods[index % 4]
        the_agency = f"the {agency_name(agency)}"
        amount, sum_ = self._amount(index)
        kind, mode, statement, title = self._statement(index, source, the_agency, goods, sum_)
        self.left = [each for each in self.left if each is not source]
        others = self._others(source)
        day = source.day - timedelta(dice.randrange(0, 400))
        when = day.isoformat()[: dice.choices((10, 7, 4), (50, 35, 15))[0]]
        lines = [f"id: {self.id}-{TOPICS[index]}", *self._belongs()]
        if dice.random() < 0.4:
            lines.append(f"title: {title}")
        lines += [f"kind: {kind}", f"mode: {mode}"]
        if dice.random() < 0.95:
            lines.append(f"date: {when}")
        if index == 1:
            lines.append(f"party: {self.id}-entity")
        if kind != "profile":
            lines.append(f"counterparty: {agency_id(agency)}")
        if amount:
            lines.append(f"amount: {amount}")
        lines += ["statement: >-", folded(statement, 6).removeprefix("    ")]
        items = [self._citation(source, self._quote(goods, sum_))]
        for other in others:
            intent = dice.choices(("", "context", "disputes"), (80, 15, 5))[0]
            items.append(self._citation(other, self._quote(goods, ""), intent))
        lines += self._citations(*items)
        lines.append(f"verified: {READ_ON - timedelta(dice.randrange(15))}")
        if dice.random() < 0.12:
            lines.append(f"note: The register gives no other figure [@{source.id}].")
        lines.append(f"reply: {self._reply(index)}")
        return record(lines)

    def _others(self, first: Written) -> list[Written]:
        """Further sources of a claim, those first that nothing cites yet."""
        many = self.dice.choices((0, 1, 2), (52, 38, 10))[0]
        taken: list[Written] = []
        for _ in range(many):
            known = [source for source in self.left if source is not first and source not in taken]
            known = known or [source for source in self.sources if source is not first and source not in taken]
            if known:
                taken.append(self.dice.choice(known))
        self.left = [source for source in self.left if source not in taken]
        return taken

    def _amount(self, index: int) -> tuple[str, str]:
        """An amount as a record, and as the statement words it; a company's first claim has one that can be edited."""
        dice = self.dice
        if index == 5 or (index and dice.random() < 0.3):
            return "", ""
        currency = dice.choices(("CAD", "USD", "EUR"), (70, 22, 8))[0]
        kind = dice.choice(("obligated", "obligated", "current", "ceiling", "estimate", "unclear"))
        value: int | float = dice.randrange(20, 9000) * 10 ** dice.choice((3, 3, 4))
        if index == 0:
            currency, kind = "CAD", "obligated"
        elif kind == "obligated" and dice.random() < 0.3:
            value = value + dice.randrange(1, 100) / 100
        about = index > 0 and isinstance(value, int) and dice.random() < 0.2
        wording = {
            "obligated": "for {}",
            "current": "valued so far at {}",
            "ceiling": "for up to {}",
            "estimate": "estimated at {}",
            "unclear": "put at {}",
        }[kind]
        said = ("about " if about else "") + money(value, currency)
        typed = f"{value:.2f}" if isinstance(value, float) else str(value)
        approximate = ", approximate: true" if about else ""
        return f"{{value: {typed}, currency: {currency}, kind: {kind}{approximate}}}", wording.format(said)

    def _statement(self, index: int, source: Written, agency: str, goods: str, sum_: str) -> tuple[str, str, str, str]:
        """Kind, mode, statement and a title."""
        dice, name = self.dice, self.name
        sum_ = f" {sum_}" if sum_ else ""
        by = source.printed if source.printed.startswith("The ") else f"the {source.printed}"
        said = dice.choice(SAID)
        of_record = source.role == "record"
        shown = f"its {dice.choice(('register', 'ledger', 'published accounts'))} showed"
        match index:
            case 0:
                kind, mode = dice.choice(("contract", "order")), "reported"
                statement = f"{agency.capitalize()[0]}{agency[1:]} bought {goods} from {name}{sum_}, {by} {said}."
                return kind, mode, statement, f"{goods.capitalize()} bought by {agency}"
            case 1:
                kind, mode = "order", "recorded" if of_record else "reported"
                told = shown if of_record else f"{by} {said}"
                statement = f"{agency[0].upper()}{agency[1:]} ordered {goods} from {name}{sum_}, {told}."
                return kind, mode, statement, f"An order of {goods}"
            case 2:
                kind = dice.choice(("service", "subcontract"))
                statement = f"{name} looked after {goods} of {agency} in {self.place}{sum_}, according to {by}."
                return kind, "reported", statement, f"Upkeep of {goods}"
            case 3:
                kind, mode = "property-transaction", dice.choice(("reported", "alleged"))
                who = "a union" if mode == "alleged" else "neighbours"
                statement = f"{name} let a depot in {self.place} to {agency}{sum_}, {who} told {by}."
                return kind, mode, statement, f"A depot in {self.place}"
            case 4:
                kind, mode = dice.choice(("subsidy", "contract")), "recorded" if of_record else "reported"
                told = shown if of_record else f"{by} {said}"
                statement = f"{agency[0].upper()}{agency[1:]} granted {name} money towards {goods}{sum_}, {told}."
                return kind, mode, statement, f"Money towards {goods}"
            case _:
                match dice.randrange(4):
                    case 0:
                        statement = f"A tribunal found that {name} had delivered {goods} to {agency} late, {by} {said}."
                        return "other", "adjudicated", statement, f"A ruling on {goods}"
                    case 1:
                        first = f"{agency[0].upper()}{agency[1:]}"
                        statement = f"{first} denied that it had asked {name} for {goods}, {by} {said}."
                        return "other", "denied", statement, f"A denial about {goods}"
                    case 2:
                        statement = f"{name} described itself as a firm from {self.place} that sold {goods}."
                        return "profile", "acknowledged", statement, f"Where {name} came from"
                    case _:
                        statement = f"{name} was at a trade fair of {agency} with {goods}, {by} {said}."
                        return "other", "reported", statement, f"{goods.capitalize()} at a fair"

    def _quote(self, goods: str, sum_: str) -> str:
        dice = self.dice
        worth = f" {sum_}" if sum_ else ""
        return dice.choice(
            (
                f"an order of {goods}{worth}, delivered to {self.place}",
                f"the firm was asked for {goods}{worth}",
                f"a van of {self.name} brought {goods}{worth}",
                f"the papers list {goods}{worth}",
                f"paid{worth}, said a clerk, and the {goods} came",
                f"“{goods}, as agreed”, says the invoice{worth}",
            )
        )

    def _reply(self, index: int) -> str:
        """The first response answers the first claim; the last, which is the newest, stands beside the others."""
        names = [f"{self.id}-reply-{n}" for n in range(1, len(self.answers) + 1)]
        if index == 0:
            return f"[{names[0]}, {names[-1]}]"
        if index == 1 and len(names) > 2:
            return f"[{names[1]}, {names[-1]}]"
        return names[-1] if self.dice.random() < 0.7 else f"[{names[0]}, {names[-1]}]"

    def _answers(self, has_own_words: bool) -> list[str]:
        """What became of asking, response by response; the last is of the day all was looked for."""
        first = "responded" if has_own_words or self.dice.random() < 0.6 else "declined"
        middle = [self.dice.choice(("responded", "declined", "no-response"))] if self.dice.random() < 0.45 else []
        return [first, *middle, self.dice.choices(("none-found", "no-response", "invited"), (75, 15, 10))[0]]

    def _responses(self) -> str:
        dice, found = self.dice, []
        for number, status in enumerate(self.answers, 1):
            is_last = number == len(self.answers)
            source = self.own_words if self.own_words and number == 1 else self.strong[0]
            day = READ_ON if is_last else source.day
            lines = [f"id: {self.id}-reply-{number}", *self._belongs(), f"status: {status}", f"date: {day}"]
            if status == "responded":
                lines.append(f"position: {dice.choice(('disputes', 'partly', 'corrects', 'accepts', 'no-comment'))}")
                goods = dice.choice(self.goods)
                told = dice.choice(
                    (
                        f"that it had sold {goods} and knew of no other business",
                        f"that the figure for the {goods} was too high",
                        f"that its {goods} went to *all* who asked for them",
                        "that it would look into the matter and publish what it found",
                    )
                )
                said = f"The company {dice.choice(ANSWERED)} {told}."
                lines += ["statement: >-", folded(said, 6).removeprefix("    ")]
                words = f"we sold {goods}, as many firms in {self.place} did"
                lines += self._citations(self._citation(source, words))
                self.left = [each for each in self.left if each is not source]
            elif status == "declined":
                said = f"The company {dice.choice(ANSWERED)} that it did not comment on its customers."
                lines += ["position: no-comment", "statement: >-", folded(said, 6).removeprefix("    ")]
                lines += self._citations(self._citation(source, f"a spokesman for {self.name} declined to comment"))
            elif status == "no-response":
                lines.append("statement: Nobody answered the questions that were sent.")
            elif status == "invited":
                lines += ["deadline: 2026-07-20", "statement: The company was asked what it was paid."]
            else:
                lines.append("statement: No reply was found.")
            found.append(record(lines))
        return "".join(found)

    def _company(self) -> str:
        dice, name = self.dice, self.name
        trade = name.split()[1]
        lines = [f"id: {self.id}", f"name: {name}"]
        if dice.random() < 0.3:
            lines.append(f"aliases: [{name} Inc.]")
        lines.append(f"sector: {dice.choice(SECTORS)}")
        lines.append(f"headquarters: {{city: {self.place}, region: {dice.choice(REGIONS)}, country: CA}}")
        lines.append(f"website: https://{self.id}.example/")
        first, second = self.strong[0], self.strong[-1]
        lines.append("nexus:")
        lines.append(f"  - kind: {dice.choice(('headquartered', 'incorporated', 'founded', 'controlled', 'listed'))}")
        lines += self._citations(self._citation(first, f"{name}, of {self.place}"), indent=4)
        lines += ["legal_entities:", f"  - id: {self.id}-entity", f"    name: {name.split()[0]} Holdings Ltd."]
        lines.append(f"    relation: {dice.choice(('registered-name', 'named-in-contract', 'subsidiary', 'parent'))}")
        if dice.random() < 0.4:
            lines += self._citations(self._citation(second, "signed for the company"), indent=4)
        if dice.random() < 0.3:
            lines += ["facts:", "  - label: Workshops", f"    text: One in {self.place}, *at the harbour*"]
            lines += self._citations(self._citation(first, "its workshop at the harbour"), indent=4)
        marks = list(self.left)
        for source in (*self.sources, first, second):
            if len(marks) >= dice.choice((3, 4)):
                break
            marks.append(source)
        at = [f"[@{m.id}{dice.choice(('', '', f', para. {dice.randrange(2, 20)}'))}]" for m in marks]
        goods = self.goods
        one = (
            f"{name} is a firm in {self.place} that is known for {goods[0]} and {goods[1]} {at[0]}. It took its "
            f"*{trade.lower()}* from a workshop at the harbour to other towns {at[1]}."
        )
        two = (
            f"Newspapers name it beside the {agency_name(self.agencies[0])}. They tell of {goods[2]} and of {goods[3]} "
            f"{' '.join(at[2:])}."
        )
        if dice.random() < 0.15:
            two += f" Its own account stands on [its site](https://{self.id}.example/about)."
        lines += ["summary: |-", folded(f"{one}\n\n{two}", 6).removeprefix("    ")]
        if dice.random() < 0.4:
            lines += ["unknown:", f"  - Who paid for the {goods[3]} in the end."]
        return record(lines)


HOME = """---
title: Companies and the Ministry of Weather
---
Each entry here is a statement by a named source about a company. It shows the words the source used and, beside it,
what the company answers. Everything in it is invented. How it was made is told under
[Method](methodology/index.html).
"""
METHODOLOGY = """---
title: Method
menu: Method
description: How the statements of this invented dossier were made.
order: 10
---
This dossier holds {claims} claims about {companies} companies, from {sources} sources and {origins} origins. All of it
was made by a program, to see how long a build takes.

# What the words mean

A link is one source cited; an origin is where the information first came from.
"""


def write_corpus(size: int, folder: Path, layout: str = "files", seed: int = 1) -> None:
    """Write a dossier of `size` companies to `folder`, in place of a corpus that stands there."""
    if not 1 <= size <= MOST:
        raise ValueError(f"a corpus has 1 to {MOST} companies")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise ValueError(f"{folder} holds something that is no corpus: name an empty folder")
    for name in ("data", "content"):
        shutil.rmtree(folder / name, ignore_errors=True)
    data, content = folder / "data", folder / "content"
    data.mkdir(parents=True)
    content.mkdir()
    about = {"size": size, "layout": layout, "seed": seed}
    (folder / MARKER).write_text(json.dumps(about) + "\n", "utf-8")
    (content / "home.en.md").write_text(HOME, "utf-8")
    (content / "methodology.en.md").write_text(METHODOLOGY, "utf-8")
    corpus = Corpus(size, seed)
    (data / "agencies.yaml").write_text("agencies:\n" + "".join(corpus.agency_records()), "utf-8")
    (data / "publishers.yaml").write_text("publishers:\n" + "".join(corpus.publisher_records()), "utf-8")
    (_write_single if layout == "single" else _write_files)(corpus, data)
    largest = max(file.stat().st_size for file in data.rglob("*.yaml"))
    most = -(-largest * 21 // 20_000_000)  # A little room, for edits.
    if most > LARGEST_FILE_MB:
        print(
            f"note: the program reads no file over {LARGEST_FILE_MB} MB; the largest here has {most}", file=sys.stderr
        )
    (data / "site.yaml").write_text(corpus.site(most), "utf-8")


def _write_files(corpus: Corpus, data: Path) -> None:
    (data / "companies").mkdir()
    (data / "sources").mkdir()
    for number in range(corpus.size):
        company, claims, responses = corpus.company_records(number, with_company=False)
        identity = corpus.company_id(number)
        text = f"about: {identity}\n\ncompanies:\n{company}\nclaims:\n{claims}\nresponses:\n{responses}"
        (data / "companies" / f"{identity}.yaml").write_text(text, "utf-8")
    for start in range(0, 3 * corpus.size, SOURCES_A_FILE):
        with (data / "sources" / f"{start // SOURCES_A_FILE:04}.yaml").open("w", encoding="utf-8") as file:
            file.write("sources:\n")
            for number in range(start, min(start + SOURCES_A_FILE, 3 * corpus.size)):
                file.write(corpus.source_record(number))


def _write_single(corpus: Corpus, data: Path) -> None:
    with (data / "companies.yaml").open("w", encoding="utf-8") as file:
        for part, name in enumerate(("companies", "claims", "responses")):
            file.write(f"{name}:\n")
            for number in range(corpus.size):
                file.write(corpus.company_records(number, with_company=True)[part])
    with (data / "sources.yaml").open("w", encoding="utf-8") as file:
        file.write("sources:\n")
        for number in range(3 * corpus.size):
            file.write(corpus.source_record(number))


def edit(folder: Path, number: int) -> Path:
    """The standard edit: a word and the amount of a company's first claim, and a word of its first response.

    Each call makes another edit. Returns the file that changed.
    """
    about = json.loads((folder / MARKER).read_text("utf-8"))
    identity = words_of(company_name(number, about["seed"]))
    file = folder / "data" / ("companies.yaml" if about["layout"] == "single" else f"companies/{identity}.yaml")
    text = file.read_text("utf-8")
    claim, start, end = _block(text, f"{identity}-{TOPICS[0]}")
    if not (found := re.search(r"\{value: (\d+), currency: CAD", claim)):
        raise ValueError(f"the first claim of '{identity}' has no amount any more")
    before = int(found[1])
    claim = claim.replace(found[0], f"{{value: {before + 1000}, currency: CAD", 1)
    claim = claim.replace(money(before, "CAD"), money(before + 1000, "CAD"))
    text = text[:start] + _next_word(claim, SAID, r"(?<=\s){}(?=\.\n)") + text[end:]
    reply, start, end = _block(text, f"{identity}-reply-1")
    text = text[:start] + _next_word(reply, ANSWERED, r"(?<=The company ){}\b") + text[end:]
    file.write_text(text, "utf-8")
    return file


def _block(text: str, identity: str) -> tuple[str, int, int]:
    """The lines of a record, and where they begin and end."""
    start = text.index(f"  - id: {identity}\n")
    ends = re.compile(r"^(?:  - id:|\w+:)", re.MULTILINE).search(text, start + 1)
    end = ends.start() if ends else len(text)
    return text[start:end], start, end


def _next_word(text: str, words: tuple[str, ...], around: str) -> str:
    """The text with the first of these words changed into the one after it."""
    pattern = around.format(f"({'|'.join(words)})")
    found = re.search(pattern, text)
    if not found:
        raise ValueError(f"none of {', '.join(words)} stands where the edit looks for it")
    word = words[(words.index(found[1]) + 1) % len(words)]
    return text[: found.start(1)] + word + text[found.end(1) :]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["edit"]:
        parser = argparse.ArgumentParser(prog="corpus.py edit", description="Make the standard edit in a corpus.")
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("number", type=int, metavar="K", help="which company, from 0")
        given = parser.parse_args(arguments[1:])
        print(edit(given.folder, given.number))
        return 0
    parser = argparse.ArgumentParser(prog="corpus.py", description="Write an invented dossier; `edit DIR K` edits it.")
    parser.add_argument("size", type=int, metavar="N", help="how many companies")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--layout", choices=("files", "single"), default="files")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    try:
        write_corpus(given.size, given.folder, given.layout, given.seed)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
