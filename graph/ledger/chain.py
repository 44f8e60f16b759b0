"""The chain of the audit trail: what each entry's hash covers, and whether the entries fit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from graph.ledger.entries import NAMES
from graph.ledger.seals import Texts, is_true

FORGET = "cobuild forget"
"""`what` of an erasure's entry; its parameters list the entries whose texts were erased."""
Head = tuple[int, str]
"""Number and hash of an entry."""
_HASHED = ("seq", "previous", *NAMES)


@dataclass(frozen=True)
class Verification:
    """Whether the chain holds from the first entry that is kept to the head."""

    ok: bool
    entries: int
    head: Head | None
    first_bad_seq: int | None = None
    why_zh: str | None = None
    why_en: str | None = None


def hash_of(row: Mapping[str, Any]) -> str:
    """The hash of an entry, which covers that of the one before."""
    hashed = [row[name] for name in _HASHED]
    return sha256(json.dumps(hashed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


Wrong = tuple[int, str, str]
"""The number of a bad entry, and what is wrong with it."""


def wrong_entry(row: Mapping[str, Any], texts: Texts, seq: int, digest: str) -> Wrong | None:
    """What is wrong with an entry that comes after another one."""
    if row["seq"] != seq + 1:
        return seq + 1, "缺少这一条", "this entry is missing"
    if row["previous"] != digest or row["hash"] != hash_of(row) or not is_true(row, texts):
        return int(row["seq"]), "内容被改动", "it was changed"
    return None


def wrong_end(
    last: Head, end: Head, unseen: Head | None, begin: Head | None, erased: list[int]
) -> Wrong | None:
    """What is wrong with a chain whose entries fit; `unseen` is a noted head that was not met."""
    if last != end:
        return last[0], "与链尾不符", "the head is another"
    if erased:
        return erased[0], "内容被抹去而无记录", "its text was erased and no entry says so"
    if unseen is None:
        return None
    if begin is not None and unseen[0] < begin[0]:
        return unseen[0], "所记链尾已不在链中，无从核对", "the head that was noted is gone: nothing proves it"
    return unseen[0], "与所记链尾不符", "not the head that was noted"


def named_as_erased(row: Mapping[str, Any]) -> set[int]:
    """The numbers of the entries whose texts an erasure says that it emptied."""
    return set(json.loads(row["parameters"]).get("entries", ())) if row["what"] == FORGET else set()


def broken(checked: int, head: Head | None, seq: int, zh: str, en: str) -> Verification:
    """A chain that does not hold at an entry, and why."""
    return Verification(False, checked, head, seq, f"第 {seq} 条：{zh}。", f"entry {seq}: {en}.")
