"""How an answer travels: `{"data", "stamp", "page"?}` as JSON, and the tag that names it."""

from __future__ import annotations

import json
from dataclasses import asdict
from hashlib import sha256
from typing import Any

import orjson

from graph.reading.answer import Answer, Stamp


def encode(answer: Answer, page: dict[str, Any] | None = None) -> bytes:
    """The envelope as JSON: dates as ISO 8601 text, numbers as numbers, absent values null."""
    envelope = {"data": answer.data, "stamp": answer.stamp}
    return orjson.dumps(envelope if page is None else {**envelope, "page": page})


def stamp_header(stamp: Stamp) -> str:
    """A stamp for a header: JSON in ASCII, other characters escaped."""
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
