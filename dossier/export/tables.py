"""The register as tables: a column for each key of the model, and after them what the build computed.

Part of `export`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from dossier.export.addresses import Absolute
from dossier.export.citations import citations
from dossier.export.columns import Cell, Column, Table, table, typed
from dossier.export.computed import (
    by_id,
    cited_by,
    claims_in_order,
    load,
    publisher_name,
    responses_in_order,
    searches_in_order,
)
from dossier.model import (
    Agency,
    Claim,
    Company,
    Correction,
    Demand,
    Event,
    LegalEntity,
    Publisher,
    Response,
    Search,
    Source,
    Tombstone,
)
from dossier.register import Label, Register, Standing


def tables(register: Register) -> dict[str, Table]:
    """Every table by name. `claims`, `companies` and `sources` are also published as CSV."""
    codes = register.languages
    made = (
        _companies(register),
        _legal_entities(register),
        _agencies(register),
        table("publishers", "Who publishes the sources.", typed(Publisher, codes), by_id(register.publishers.values())),
        _sources(register),
        _claims(register),
        citations(register),
        _responses(register),
        table(
            "events",
            "What governments, parliaments, courts and the public did.",
            typed(Event, codes),
            by_id(register.events.values()),
        ),
        table("demands", "What was asked, and of whom.", typed(Demand, codes), by_id(register.demands.values())),
        table("searches", "What was looked for and not found.", typed(Search, codes), searches_in_order(register)),
        table("corrections", "What was mended.", typed(Correction, codes), by_id(register.corrections.values())),
        table("tombstones", "Records that are gone.", typed(Tombstone, codes), by_id(register.tombstones.values())),
    )
    return {each.name: each for each in made}


def _address(name: str, doc: str, value: Callable[[Any], str]) -> Column:
    return Column(name, doc, value, "uri", required=True)


def _number(name: str, doc: str, value: Callable[[Any], int]) -> Column:
    return Column(name, doc, value, "integer", required=True)


def _truth(name: str, doc: str, value: Callable[[Any], bool]) -> Column:
    return Column(name, doc, value, "boolean", required=True)


def _several(name: str, doc: str, value: Callable[[Any], tuple[str, ...]]) -> Column:
    return Column(name, doc, value, "list")


def _claims(register: Register) -> Table:
    at = Absolute.of(register)

    def standing(claim: Claim) -> Standing:
        return register.standing[claim.id]

    def cited(claim: Claim, supporting: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys(c.source for c in claim.citations if (c.intent == "supports") == supporting))

    def replies(claim: Claim) -> tuple[Response, ...]:
        return tuple(register.responses[name] for name in claim.reply)

    columns = (
        *typed(Claim, register.languages),
        _truth("adverse", "Computed: whether a reply of the company is owed.", lambda claim: claim.is_adverse),
        Column("company_name", "The name people know.", lambda claim: register.companies[claim.company].name),
        _address("url", "Permanent address of the claim.", at.claim),
        Column(
            "label",
            "Computed from the evidence and the replies; the methodology page says how.",
            lambda claim: standing(claim).label,
            required=True,
            allowed=get_args(Label),
        ),
        _number("links", "Computed: how many sources are cited in support.", lambda claim: standing(claim).links),
        _number(
            "origins",
            "Computed: from how many places the information first came.",
            lambda claim: len(standing(claim).origins),
        ),
        _several(
            "origin_names",
            "Computed: which places these are.",
            lambda claim: tuple(origin.name for origin in standing(claim).origins),
        ),
        _truth(
            "disputed_on_record",
            "Computed: the company disputes it, and an official record is cited.",
            lambda claim: standing(claim).disputed_on_record,
        ),
        _several("supporting_sources", "Ids of the sources cited in support.", lambda claim: cited(claim, True)),
        _several(
            "other_sources",
            "Ids of the sources cited for context or as disputing it.",
            lambda claim: cited(claim, False),
        ),
        _several(
            "differs_from",
            "Ids of the claims that contradict it.",
            lambda claim: tuple(other.claim for other in claim.differs_from),
        ),
        _several(
            "reply_status",
            "What became of asking, for each id in reply.",
            lambda claim: tuple(reply.status for reply in replies(claim)),
        ),
        _several(
            "reply_position",
            "Where the company stands, for each id in reply.",
            lambda claim: tuple(reply.position for reply in replies(claim)),
        ),
    )
    return table("claims", "Statements about companies by named sources.", columns, claims_in_order(register))


def _companies(register: Register) -> Table:
    at = Absolute.of(register)

    def count(company: Company, withdrawn: bool) -> int:
        return sum(bool(claim.withdrawn) == withdrawn for claim in register.claims_of.get(company.id, ()))

    columns = (
        *typed(Company, register.languages),
        _several(
            "nexus",
            "How the company meets the dossier's definition.",
            lambda company: tuple(dict.fromkeys(each.kind for each in company.nexus)),
        ),
        _several(
            "legal_entities",
            "Registered names of those who sign.",
            lambda company: tuple(entity.name for entity in company.legal_entities),
        ),
        _address("url", "Address of the company's page.", lambda company: at.page("companies", company.id)),
        _number("claims", "Computed: claims that stand.", lambda company: count(company, False)),
        _number("withdrawn_claims", "Computed: claims that were withdrawn.", lambda company: count(company, True)),
    )
    return table("companies", "The companies the dossier is about.", columns, by_id(register.companies.values()))


def _legal_entities(register: Register) -> Table:
    rows = [(company, entity) for company in register.companies.values() for entity in company.legal_entities]
    columns = (
        *typed(LegalEntity, register.languages, of=lambda row: row[1]),
        Column("company", "Id of the company.", lambda row: row[0].id, required=True, refers="companies"),
    )
    return table("legal_entities", "Who signs is rarely the brand.", columns, sorted(rows, key=lambda row: row[1].id))


def _sources(register: Register) -> Table:
    at = Absolute.of(register)

    def named(key: str) -> Callable[[Source], Cell]:
        return lambda source: publisher_name(register, name) if (name := getattr(source, key)) else None

    columns = (
        *typed(Source, register.languages),
        Column("publisher_name", "The publisher in words.", named("publisher")),
        Column("publisher_of_record_name", "Whose work it is, in words.", named("publisher_of_record")),
        Column("wire_name", "The news agency in words.", named("wire")),
        _several(
            "archives", "Addresses of archived copies.", lambda source: tuple(copy.url for copy in source.archives)
        ),
        _several("cited_by", "Computed: ids of the claims that cite it.", lambda source: cited_by(register, source)),
        _several(
            "load",
            "Computed: ids of the claims that lose their last origin if this source falls.",
            lambda source: load(register, source),
        ),
        _address(
            "dossier_url", "Address of the source's page in this dossier.", lambda source: at.page("sources", source.id)
        ),
    )
    return table(
        "sources", "The works cited, and originals known only through them.", columns, by_id(register.sources.values())
    )


def _agencies(register: Register) -> Table:
    at = Absolute.of(register)
    columns = (
        *typed(Agency, register.languages),
        _address("url", "Address of the agency's page.", lambda agency: at.page("agencies", agency.id)),
    )
    return table("agencies", "Public bodies.", columns, by_id(register.agencies.values()))


def _responses(register: Register) -> Table:
    answered: dict[str, list[str]] = {}
    for claim in by_id(register.claims.values()):
        for name in claim.reply:
            answered.setdefault(name, []).append(claim.id)
    columns = (
        *typed(Response, register.languages),
        _several("claims", "Ids of the claims it answers.", lambda answer: tuple(answered.get(answer.id, ()))),
    )
    return table(
        "responses", "What companies answer, or that no answer is known.", columns, responses_in_order(register)
    )
