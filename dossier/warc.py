"""What was exchanged with the web, kept as WARC 1.1 (ISO 28500:2017), which archives and their tools read.

One file holds one visit: each request and response with its digests, redirects before the page they led to.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dossier.answers import Exchange

# What no longer describes the bytes as they are kept: chunks are put together.
_OF_THE_WAY = ("transfer-encoding", "connection", "keep-alive")


def warc(exchanges: Iterable[Exchange], software: str) -> bytes:
    """A whole gzipped WARC file. `software` says what made it."""
    exchanges = tuple(exchanges)
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    info = {"software": software, "format": "WARC File Format 1.1"}
    record = writer.create_warcinfo_record("", info)
    record.rec_headers.replace_header("WARC-Date", _date(exchanges[0].at))
    writer.write_record(record)
    for each in exchanges:
        date = {"WARC-Date": _date(each.at)}
        headers = [_clean(name, value) for name, value in each.headers if name.lower() not in _OF_THE_WAY]
        answered = StatusAndHeaders(f"{each.status} {_line(each.reason)}", headers, protocol="HTTP/1.1")
        path = "/" + each.url.split("://", 1)[-1].partition("/")[2]
        asked = StatusAndHeaders(
            f"GET {path} HTTP/1.1", [_clean(*header) for header in each.asked], is_http_request=True
        )
        body = BytesIO(each.body)
        response = writer.create_warc_record(
            each.url, "response", payload=body, length=len(each.body), http_headers=answered, warc_headers_dict=date
        )
        request = writer.create_warc_record(
            each.url, "request", payload=BytesIO(), length=0, http_headers=asked, warc_headers_dict=date
        )
        writer.write_request_response_pair(request, response)
    return buffer.getvalue()


def _date(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _clean(name: str, value: str) -> tuple[str, str]:
    return _line(name), _line(value)


def _line(text: str) -> str:
    """A header in one line: a value with a break in it could pass for two."""
    return " ".join(text.split())
