"""Texts of the audit trail that may name a person: kept beside the chain, which holds their seals.

A seal is the SHA-256 of chance and text. The chain proves the text as long as it is there; where a
person is erased the text goes, the seal stays, and every other entry can still be verified.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select

from graph.ledger.tables import AUDIT_TEXTS

SEALED = ("parameters", "reason")
"""Fields of an entry that are sealed."""
ERASED = "（已抹去）"
"""Read in place of a reason that was erased."""
Texts = dict[tuple[int, str], Mapping[str, Any]]


def seal(connection: Connection, row: dict[str, Any]) -> None:
    """Put a new entry's texts beside the chain, and their seals in their place."""
    kept = []
    for field in SEALED:
        text = row[field]
        if text is None:
            continue
        salt = secrets.token_hex(16)
        kept.append({"seq": row["seq"], "field": field, "salt": salt, "text": text})
        row[field] = _seal(field, salt, text)
    connection.execute(AUDIT_TEXTS.insert(), kept)


def texts_of(connection: Connection, seqs: Iterable[int]) -> Texts:
    """The texts of entries, by number and field."""
    numbers = list(seqs)
    if not numbers:
        return {}
    query = select(AUDIT_TEXTS).where(AUDIT_TEXTS.c.seq.between(min(numbers), max(numbers)))
    return {(row["seq"], row["field"]): dict(row) for row in connection.execute(query).mappings()}


def unsealed(row: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """The row of an entry with its texts; entries of older versions hold theirs themselves."""
    found = dict(row)
    for field in SEALED:
        if not is_sealed(field, found[field]):
            continue
        kept = texts.get((found["seq"], field))
        text = None if kept is None else kept["text"]
        found[field] = text if text is not None else ("{}" if field == "parameters" else ERASED)
    return found


def is_erased(row: Mapping[str, Any], texts: Texts) -> bool:
    """Whether a text of an entry was erased: its row is there and empty."""
    kept = [texts.get((row["seq"], field)) for field in SEALED if is_sealed(field, row[field])]
    return any(text is not None and text["text"] is None for text in kept)


def is_true(row: Mapping[str, Any], texts: Texts) -> bool:
    """Whether every text of an entry is the one that was sealed, or was erased."""
    for field in SEALED:
        if not is_sealed(field, row[field]):
            continue
        kept = texts.get((row["seq"], field))
        if kept is None:
            return False
        if kept["text"] is not None and _seal(field, kept["salt"], kept["text"]) != row[field]:
            return False
    return True


def is_sealed(field: str, value: str | None) -> bool:
    """Whether a field holds a seal rather than a text."""
    return value is not None and value.startswith('{"sealed": "' if field == "parameters" else "sealed:")


def _seal(field: str, salt: str, text: str) -> str:
    digest = sha256(f"{salt}{text}".encode()).hexdigest()
    return json.dumps({"sealed": digest}) if field == "parameters" else f"sealed:{digest}"
