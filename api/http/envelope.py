"""How an answer travels: `{"data", "stamp", "page"?}` as JSON, and the tag that names it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

import orjson

from graph.model import OPEN_END, OPEN_START
from graph.reading.answer import Answer, Stamp
from graph.reading.open_dates import without_open_dates

MOST_IN_HEADER = 4
_OPEN = tuple(f'"{day}"'.encode() for day in (OPEN_START, OPEN_END))


def encode(answer: Answer[Any], page: dict[str, Any] | None = None) -> bytes:
    """The envelope as JSON: dates as ISO 8601 text, numbers as numbers, absent values null.

    A start that is not known and an end that has not come are null, too.
    """
    envelope = {"data": answer.data, "stamp": answer.stamp, **({} if page is None else {"page": page})}
    body = orjson.dumps(envelope)
    # To look through the text costs less than to walk through every answer.
    if any(day in body for day in _OPEN):
        body = orjson.dumps({**envelope, "data": without_open_dates(answer.data)})
    return body


def stamp_header(stamp: Stamp) -> str:
    """A stamp for a header: JSON in ASCII, other characters escaped.

    Proxies cut long headers, so that more than `MOST_IN_HEADER` deliveries are left to the warning.
    """
    if len(stamp.deliveries) > MOST_IN_HEADER:
        stamp = replace(stamp, deliveries=())
    return json.dumps(asdict(stamp), default=str, separators=(",", ":"))


def make_tag(*parts: object) -> str:
    """A weak entity tag: the same answer may travel compressed or not."""
    return f'W/"{short_digest(*parts)}"'


def short_digest(*parts: object) -> str:
    """16 hex digits for a sequence of parts."""
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def is_listed(tag: str, if_none_match: str) -> bool:
    """Whether an `If-None-Match` header names a tag, by the weak comparison of RFC 9110."""
    opaque = tag.removeprefix("W/")
    return any(opaque == t.strip().removeprefix("W/") for t in if_none_match.split(","))
