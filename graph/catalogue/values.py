"""What a value has to be before an engine, a ledger or a file can take it.

JSON allows more than any of them: whole numbers of any length, half of a surrogate pair, lists in
lists without end.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from graph.characters import forbidden_in, lone_surrogate_in
from graph.errors import BadParameter

DEEPEST = 32
"""Lists and maps inside of each other."""
LEAST, MOST = -(2**63), 2**63 - 1


def check_value(name: str, value: Any, *, kept: bool = False) -> None:
    """Raises `BadParameter` that names `name` for a value that cannot be handed on.

    Texts that are `kept` may hold no control characters; others may, as something to look for.
    """
    waiting = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        wrong = _wrong(part, depth, kept=kept)
        if wrong is not None:
            zh, en = wrong
            raise BadParameter(f"参数 {name} 的值{zh}。", f"parameter {name} {en}.", subject=name)
        if isinstance(part, Mapping):
            waiting += [(inner, depth + 1) for pair in part.items() for inner in pair]
        elif isinstance(part, (list, tuple)):
            waiting += [(inner, depth + 1) for inner in part]


def check_values(given: Mapping[str, Any]) -> None:
    """As `check_value`, for the parameters of a query by name."""
    for name, value in given.items():
        check_value("parameters", name)
        check_value(name, value)


def check_body(body: Any) -> None:
    """As `check_value`, for a JSON body; what is wrong in `parameters` is named by the parameter."""
    if not isinstance(body, Mapping):
        check_value("body", body, kept=True)
        return
    for name, value in body.items():
        check_value("body", name, kept=True)
        if name == "parameters" and isinstance(value, Mapping):
            check_values(value)
        elif name == "changes" and isinstance(value, list):
            for change in value:
                check_body(change)
        else:
            check_value(name, value, kept=name != "text")


def _wrong(value: Any, depth: int, *, kept: bool) -> tuple[str, str] | None:
    if depth > DEEPEST:
        return f"嵌套超过 {DEEPEST} 层", f"is nested more than {DEEPEST} deep"
    if isinstance(value, str):
        found = forbidden_in(value) if kept else lone_surrogate_in(value)
        if found is None:
            return None
        return f"含有不能使用的字符 {found}", f"holds the character {found}, which cannot be used"
    if isinstance(value, int) and not LEAST <= value <= MOST:
        return "超出 64 位整数的范围", f"is a whole number beyond {LEAST} to {MOST}"
    if isinstance(value, float) and not isfinite(value):
        return "不是有限的数", "is no finite number"
    return None
