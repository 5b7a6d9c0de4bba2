"""The register as tables: a column for each key of the model, and after them what the build computed.

Part of `export`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, get_args

from dossier.export.citations import citations
from dossier.export.columns import Column, Table, table, typed
from dossier.export.computed import ClaimRow, CompanyRow
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
from dossier.register import Label


@cache
def tables(codes: tuple[str, ...]) -> dict[str, Table]:
    """Every table of a site in these languages, by name. `claims`, `companies` and `sources` are published as CSV."""
    made = (
        _companies(codes),
        _legal_entities(codes),
        _agencies(codes),
        table("publishers", "Who publishes the sources.", typed(Publisher, codes)),
        _sources(codes),
        _claims(codes),
        citations(codes),
        _responses(codes),
        table("events", "What governments, parliaments, courts and the public did.", typed(Event, codes)),
        table("demands", "What was asked, and of whom.", typed(Demand, codes)),
        table(
            "searches",
            "What was looked for and not found.",
            typed(Search, codes),
            by=("company",),
            place=lambda company: company or "",
        ),
        table("corrections", "What was mended.", typed(Correction, codes)),
        table("tombstones", "Records that are gone.", typed(Tombstone, codes)),
    )
    return {each.name: each for each in made}


def _address(name: str, doc: str) -> Column:
    return Column(name, doc, attrgetter("url"), "uri", required=True)


def _number(name: str, doc: str, value: Callable[[Any], int]) -> Column:
    return Column(name, doc, value, "integer", required=True)


def _truth(name: str, doc: str, value: Callable[[Any], bool]) -> Column:
    return Column(name, doc, value, "boolean", required=True)


def _several(name: str, doc: str, value: Callable[[Any], tuple[str, ...]]) -> Column:
    return Column(name, doc, value, "list")


def _claims(codes: tuple[str, ...]) -> Table:
    def cited(row: ClaimRow, supporting: bool) -> tuple[str, ...]:
        return tuple(dict.fromkeys([c.source for c in row.record.citations if (c.intent == "supports") == supporting]))

    columns = (
        *typed(Claim, codes),
        _truth("adverse", "Computed: whether a reply of the company is owed.", attrgetter("record.is_adverse")),
        Column("company_name", "The name people know.", attrgetter("company_name")),
        _address("url", "Permanent address of the claim."),
        Column(
            "label",
            "Computed from the evidence and the replies; the methodology page says how.",
            attrgetter("standing.label"),
            required=True,
            allowed=get_args(Label),
        ),
        _number("links", "Computed: how many sources are cited in support.", attrgetter("standing.links")),
        _number(
            "origins",
            "Computed: from how many places the information first came.",
            lambda row: len(row.standing.origins),
        ),
        _several(
            "origin_names",
            "Computed: which places these are.",
            lambda row: tuple([origin.name for origin in row.standing.origins]),
        ),
        _truth(
            "disputed_on_record",
            "Computed: the company disputes it, and an official record is cited.",
            attrgetter("standing.disputed_on_record"),
        ),
        _several("supporting_sources", "Ids of the sources cited in support.", lambda row: cited(row, True)),
        _several(
            "other_sources", "Ids of the sources cited for context or as disputing it.", lambda row: cited(row, False)
        ),
        _several(
            "differs_from",
            "Ids of the claims that contradict it.",
            lambda row: tuple([other.claim for other in row.record.differs_from]),
        ),
        _several(
            "reply_status",
            "What became of asking, for each id in reply.",
            lambda row: tuple([reply.status for reply in row.replies]),
        ),
        _several(
            "reply_position",
            "Where the company stands, for each id in reply.",
            lambda row: tuple([reply.position for reply in row.replies]),
        ),
    )
    return table("claims", "Statements about companies by named sources.", columns)


def _companies(codes: tuple[str, ...]) -> Table:
    def count(row: CompanyRow, withdrawn: bool) -> int:
        return sum(bool(claim.withdrawn) == withdrawn for claim in row.claims)

    columns = (
        *typed(Company, codes),
        _several(
            "nexus",
            "How the company meets the dossier's definition.",
            lambda row: tuple(dict.fromkeys([each.kind for each in row.record.nexus])),
        ),
        _several(
            "legal_entities",
            "Registered names of those who sign.",
            lambda row: tuple([entity.name for entity in row.record.legal_entities]),
        ),
        _address("url", "Address of the company's page."),
        _number("claims", "Computed: claims that stand.", lambda row: count(row, False)),
        _number("withdrawn_claims", "Computed: claims that were withdrawn.", lambda row: count(row, True)),
    )
    return table("companies", "The companies the dossier is about.", columns)


def _legal_entities(codes: tuple[str, ...]) -> Table:
    columns = (
        *typed(LegalEntity, codes),
        Column("company", "Id of the company.", attrgetter("company"), required=True, refers="companies"),
    )
    return table("legal_entities", "Who signs is rarely the brand.", columns)


def _sources(codes: tuple[str, ...]) -> Table:
    columns = (
        *typed(Source, codes),
        Column("publisher_name", "The publisher in words.", attrgetter("publisher")),
        Column("publisher_of_record_name", "Whose work it is, in words.", attrgetter("publisher_of_record")),
        Column("wire_name", "The news agency in words.", attrgetter("wire")),
        _several(
            "archives", "Addresses of archived copies.", lambda row: tuple([copy.url for copy in row.record.archives])
        ),
        _several(
            "cited_by", "Computed: ids of the claims that cite it; withdrawn ones are left out.", attrgetter("cited_by")
        ),
        _several(
            "load", "Computed: ids of the claims that lose their last origin if this source falls.", attrgetter("load")
        ),
        _address("dossier_url", "Address of the source's page in this dossier."),
    )
    return table("sources", "The works cited, and originals known only through them.", columns)


def _agencies(codes: tuple[str, ...]) -> Table:
    return table(
        "agencies", "Public bodies.", (*typed(Agency, codes), _address("url", "Address of the agency's page."))
    )


def _responses(codes: tuple[str, ...]) -> Table:
    columns = (*typed(Response, codes), _several("claims", "Ids of the claims it answers.", attrgetter("claims")))
    return table("responses", "What companies answer, or that no answer is known.", columns)
