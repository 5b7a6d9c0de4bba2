"""The words for every value a record may hold, in English: what translators see, and what labels print."""

from __future__ import annotations


def _(message: str) -> str:
    """Marks a message for the catalogues; it is translated where it is printed."""
    return message


def count(one: str, many: str) -> tuple[str, str]:
    """Marks a message with a number."""
    return one, many


KIND = {
    "contract": _("Contract"),
    "order": _("Order"),
    "service": _("Service"),
    "property-transaction": _("Sale of property"),
    "subcontract": _("Subcontract"),
    "subsidy": _("Subsidy"),
    "profile": _("Profile"),
    "other": _("Other matter"),
}
WITH = {
    "contract": _("Contract with %(agency)s"),
    "order": _("Order by %(agency)s"),
    "service": _("Service to %(agency)s"),
    "property-transaction": _("Property and %(agency)s"),
    "subcontract": _("Subcontract for %(agency)s"),
    "subsidy": _("Subsidy by %(agency)s"),
    "profile": _("Profile and %(agency)s"),
    "other": _("Matter with %(agency)s"),
}
MODE = {
    "recorded": _("Shown by a record"),
    "reported": _("Said by a report"),
    "alleged": _("An allegation"),
    "acknowledged": _("Said by the company"),
    "denied": _("A denial by an agency"),
    "adjudicated": _("Found by a court"),
}
AMOUNT = {
    "obligated": _("Obligated"),
    "current": _("Current"),
    "ceiling": _("Ceiling"),
    "estimate": _("Estimate"),
    "unclear": _("Unclear"),
}
AMOUNT_SAYS = {
    "obligated": _("obligated: committed by the agency"),
    "current": _("current: with the options taken so far"),
    "ceiling": _("ceiling: the most it may reach, not a payment"),
    "estimate": _("estimate: somebody’s calculation"),
    "unclear": _("kind unclear: the source does not say whether it is a limit or a commitment"),
}
AMOUNT_SHAPE = {
    "obligated": _("Solid bar"),
    "current": _("Outline with a pale filling"),
    "ceiling": _("Empty outline"),
    "estimate": _("Hatching without an outline"),
    "unclear": _("Dotted outline"),
}
LABEL = {
    "withdrawn": _("Withdrawn"),
    "disputed": _("Disputed"),
    "on-record": _("On record"),
    "acknowledged": _("Acknowledged"),
    "corroborated": _("Corroborated"),
    "reported": _("Reported"),
    "alleged": _("Alleged"),
}
LABEL_SAYS = {
    "withdrawn": _("No longer claimed; the reason stays on the page"),
    "disputed": _("The company contradicts it, and no official record is cited"),
    "on-record": _("An official record is cited and was read"),
    "acknowledged": _("The company says so itself"),
    "corroborated": _("Two origins or more"),
    "reported": _("One origin, however many links repeat it"),
    "alleged": _("Someone says so; no origin could be traced"),
}
REPLY = {
    "responded": (_("Answered"), "answered"),
    "declined": (_("No comment"), "no-comment"),
    "no-response": (_("No answer"), "no-answer"),
    "none-found": (_("None found"), "none-found"),
    "not-asked": (_("Not asked"), "none-found"),
    "invited": (_("Invited"), "none-found"),
}
REPLY_SAYS = {
    "responded": _("What the company says of it is on file, in its words or as relayed"),
    "declined": _("The company was asked and declined, in words on file"),
    "no-response": _("A source says it asked and had no answer"),
    "none-found": _("A limit of the search, not a finding about the company"),
    "invited": _("The company was asked and has until the day named to answer"),
    "not-asked": _("The company was not asked yet; the reason is given"),
}
REPLY_COUNT = {
    "responded": count("%(n)s answered", "%(n)s answered"),
    "declined": count("%(n)s with “no comment”", "%(n)s with “no comment”"),
    "no-response": count("%(n)s where a source had no answer", "%(n)s where a source had no answer"),
    "none-found": count("%(n)s where none was found", "%(n)s where none was found"),
    "invited": count("%(n)s where an answer is awaited", "%(n)s where an answer is awaited"),
    "not-asked": count("%(n)s not asked about yet", "%(n)s not asked about yet"),
    "none-owed": count("%(n)s that calls for none", "%(n)s that call for none"),
}
"""How the claims of a company were answered, by the status of the reply that says most."""
MEANS = {
    "email": _("Received by e-mail"),
    "letter": _("Received by letter"),
    "telephone": _("Given by telephone"),
    "meeting": _("Given in a meeting"),
    "published": _("Published by the company"),
}
POSITION = {
    "disputes": _("disputes"),
    "accepts": _("accepts"),
    "partly": _("accepts part"),
    "no-comment": _("no comment"),
    "corrects": _("corrects"),
    "none": "",
}
ROLE = {
    "record": _("Official record"),
    "reporting": _("Reporting"),
    "statement": _("Statement"),
    "summary": _("Summary of others’ reporting"),
    "commentary": _("Commentary"),
    "advocacy": _("Advocacy"),
}
READ = {
    "whole": _("Whole text read"),
    "excerpt": _("Part of the text read"),
    "none": _("Not read: known through others"),
}
STATE = {
    "dead": _("Gone from the web"),
    "paywalled": _("Behind a paywall"),
    "retracted": _("Retracted by its publisher"),
}
NEXUS = {
    "headquartered": _("Headquartered in %(where)s"),
    "incorporated": _("Incorporated in %(where)s"),
    "controlled": _("Controlled from %(where)s"),
    "listed": _("Listed in %(where)s"),
    "founded": _("Founded in %(where)s"),
}
NEXUS_BARE = {
    "headquartered": _("Headquartered there"),
    "incorporated": _("Incorporated there"),
    "controlled": _("Controlled from there"),
    "listed": _("Listed there"),
    "founded": _("Founded there"),
}
RELATION = {
    "registered-name": _("Registered name"),
    "named-in-contract": _("Named in a contract"),
    "parent": _("Parent"),
    "subsidiary": _("Subsidiary"),
    "affiliate": _("Affiliate"),
    "intermediary": _("Intermediary, another company"),
    "predecessor": _("Predecessor"),
    "successor": _("Successor"),
    "brand": _("Brand"),
    "other": _("Legal entity"),
}
DEMAND = {
    "open": _("Open"),
    "in-progress": _("In progress"),
    "met": _("Met"),
    "partly-met": _("Partly met"),
    "refused": _("Refused"),
    "withdrawn": _("Dropped"),
}
DEMAND_COUNT = {
    "open": count("%(n)s open", "%(n)s open"),
    "in-progress": count("%(n)s in progress", "%(n)s in progress"),
    "met": count("%(n)s met", "%(n)s met"),
    "partly-met": count("%(n)s partly met", "%(n)s partly met"),
    "refused": count("%(n)s refused", "%(n)s refused"),
    "withdrawn": count("%(n)s dropped", "%(n)s dropped"),
}
DEMAND_SAYS = {
    "open": _("No answer, or none on the matter, was found"),
    "in-progress": _("Work on it was announced"),
    "met": _("What was asked was done"),
    "partly-met": _("Some of what was asked was done"),
    "refused": _("Said no to, or voted down"),
    "withdrawn": _("No longer asked"),
}
EVENT = {
    "parliament": _("Parliament"),
    "government": _("Government"),
    "protest": _("Protest"),
    "court": _("Court"),
    "company": _("Company"),
    "other": _("Other"),
}
CORRECTION = {
    "correction": _("Correction"),
    "clarification": _("Clarification"),
    "update": _("Update"),
    "retraction": _("Retraction"),
    "redaction": _("Redaction"),
}
RAISED = {
    "reader": _("Raised by a reader"),
    "company": _("Raised by the company"),
    "editor": _("Found by the editors"),
    "source": _("Shown by a source"),
}
REASON = {
    "wrong": _("wrong"),
    "superseded": _("superseded"),
    "wrong-entity": _("wrong company"),
    "source-retracted": _("source retracted"),
    "unverifiable": _("cannot be verified"),
    "duplicate": _("said twice"),
}
REASON_SAYS = {
    "wrong": _("What it said was wrong."),
    "superseded": _("Later information has taken its place."),
    "wrong-entity": _("What it said is about another company."),
    "source-retracted": _("A source that it rested on was retracted."),
    "unverifiable": _("No source was found to bear it out."),
    "duplicate": _("Another claim says the same."),
}
REGION = {
    "AB": _("Alberta"),
    "BC": _("British Columbia"),
    "MB": _("Manitoba"),
    "NB": _("New Brunswick"),
    "NL": _("Newfoundland and Labrador"),
    "NS": _("Nova Scotia"),
    "NT": _("Northwest Territories"),
    "NU": _("Nunavut"),
    "ON": _("Ontario"),
    "PE": _("Prince Edward Island"),
    "QC": _("Quebec"),
    "SK": _("Saskatchewan"),
    "YT": _("Yukon"),
}
"""Provinces and territories of Canada; regions elsewhere are printed as typed."""
DEED = {
    "new": _("New"),
    "known": _("New"),
    "changed": _("Changed"),
    "gone": _("Removed"),
    "withdrawn": _("Withdrawn"),
}
"""What became of a record on a day of its history."""
KEY = {
    "adverse": _("Whether a reply is owed"),
    "aliases": _("Other names"),
    "amount": _("Amount"),
    "apart": _("Why it is kept apart"),
    "citations": _("Citations"),
    "company": _("Company"),
    "counterparty": _("Agency"),
    "date": _("Date"),
    "deadline": _("Date by which to answer"),
    "differs_from": _("Claims that differ"),
    "facts": _("Facts"),
    "headquarters": _("Head office"),
    "identifiers": _("Numbers in public registers"),
    "kind": _("Kind"),
    "legal_entities": _("Legal entities"),
    "mode": _("Who stands behind it"),
    "name": _("Name"),
    "nexus": _("Why it is listed"),
    "note": _("Editors’ note"),
    "party": _("Party to it"),
    "planned": _("Whether it lies ahead"),
    "position": _("Position of the company"),
    "reason": _("Reason"),
    "reply": _("Replies"),
    "sector": _("Sector"),
    "statement": _("Wording"),
    "status": _("Status"),
    "summary": _("Summary"),
    "text": _("Text"),
    "title": _("Heading"),
    "unknown": _("What is not known"),
    "verified": _("Last checked"),
    "website": _("Website"),
    "withdrawn": _("Withdrawal"),
}
"""Keys of records whose changes a history tells."""

VIA = {
    "live": _("from the page itself"),
    "archive": _("from an archived copy"),
    "file": _("from a file"),
}
"""Whence the copy of a source came."""
