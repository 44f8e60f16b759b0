"""What an undecided row lacks, by register: the records of which it names one or more as missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.errors import BadParameter
from graph.model import EDGES, NODES, label_of
from graph.model.vocabulary import Register

SECRET = "个人信息的登记", "records of personal data"


def register_of(item: str) -> tuple[str, str] | None:
    """The register or value that an item is of, in both languages: `post@oc-1` is 任职台账.

    A value is named by type and property: 小区：户数. None for what is withheld as a whole.
    """
    head, mark, _ = item.partition("@")
    if mark and head in Register.__members__:
        return f"{Register[head].zh}台账", f"{head.replace('_', ' ')} register"
    id_, _, name = item.rpartition(".")
    edge = item.split("~")[1].partition(".")[0] if "~" in item else None
    kind: Any = EDGES.get(edge) if edge else NODES.get(_label(id_ or item))
    if kind is None:
        return None
    column = kind.properties().get(name)
    if column is None:
        return str(kind.zh), str(kind.en)
    return f"{kind.zh}：{column.prop.zh}", f"{kind.en}: {column.prop.en or name}"


def registers_of(items: Iterable[str]) -> set[tuple[str, str]]:
    """The registers and values that items are of, as they are shown."""
    return {register_of(item) or SECRET for item in items}


def lacks(row: Mapping[str, Any], what: str, *, alone: bool = False) -> bool:
    """Whether an undecided row lacks a register or value, by its Chinese name; with `alone` nothing else."""
    if row["verdict"] != "unknown":
        return False
    items = row["missing"]
    found = {zh for zh, _ in registers_of(items if isinstance(items, list) else [str(items)])}
    return found == {what} if alone else what in found


def _label(id_: str) -> str:
    try:
        return label_of(id_)
    except BadParameter:
        return ""
