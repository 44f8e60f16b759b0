"""Parameters of a query: what a file declares of each, and typed values for them.

Used by the headers of the catalogue. The format is described in `docs/catalogue.md`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast, get_args

from graph.catalogue.values import check_value
from graph.errors import BadParameter
from graph.model import area_id

ParameterType = Literal["string", "int", "float", "bool", "date", "strings"]
REQUIRED = object()
TODAY = object()

_DECLARED = re.compile(
    r"(?P<name>\w+)\s+(?P<kind>\w+)"
    r"(?:\[(?P<low>-?\d+)\.\.(?P<high>-?\d+)\]|\{(?P<choices>[\w,]+)\})?"
    r"\s+(?P<default>\S+)\s+\"(?P<en>[^\"]*)\"\s*/\s*\"(?P<zh>[^\"]*)\"$"
)


@dataclass(frozen=True)
class Parameter:
    """One declared parameter; `default` may be `REQUIRED`, `TODAY`, None or a value.

    `low` and `high` bound numbers, inclusive; `choices` are the only texts allowed, if any.
    """

    name: str
    kind: ParameterType
    default: Any
    en: str
    zh: str
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    @property
    def ids(self) -> bool:
        """Whether it takes ids of things of the graph, as its own words say."""
        return self.kind in ("string", "strings") and "编号" in self.zh

    def bind(self, value: Any, today: date) -> Any:
        """A typed value from text or a value; raises `BadParameter` that says what is expected."""
        if value is None or value == "":
            if self.default is REQUIRED:
                raise BadParameter(
                    f"缺少参数 {self.name}（{self.zh}）。",
                    f"parameter {self.name} is missing ({self.en}).",
                    subject=self.name,
                )
            return today if self.default is TODAY else self.default
        if isinstance(value, str) and self.kind != "string":
            try:
                value = _FROM_TEXT[self.kind](value)
            except (ValueError, KeyError):
                raise self._wrong(value) from None
        if not self._allowed(value):
            raise self._wrong(value)
        if self.name == "area":
            value = area_id(value)
        check_value(self.name, value)
        return float(value) if self.kind == "float" else value

    def _allowed(self, value: Any) -> bool:
        if not _CHECKS[self.kind](value):
            return False
        if self.kind == "int" and not -(2**63) <= value < 2**63:
            return False
        if self.kind in ("int", "float"):
            return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)
        return not self.choices or set([value] if self.kind == "string" else value) <= set(self.choices)

    def _wrong(self, value: Any) -> BadParameter:
        zh, en = _EXPECTED[self.kind]
        if self.low is not None:
            zh, en = f"{zh}（{self.low} 至 {self.high}）", f"{en} from {self.low} to {self.high}"
        if self.choices:
            zh, en = f"{zh}：{'、'.join(self.choices)}", f"{en} out of {', '.join(self.choices)}"
        return BadParameter(
            f"参数 {self.name} 的值 {str(value)!r} 不合要求，应为{zh}。",
            f"parameter {self.name} is {str(value)!r}, expected {en}.",
            subject=self.name,
        )


def declared(text: str) -> Parameter:
    """A parameter from what stands behind `@param`; raises `ValueError` that says what is wrong."""
    match = _DECLARED.match(text)
    if match is None:
        raise ValueError('@param wants: name type default "English" / "中文"')
    if match["kind"] not in get_args(ParameterType):
        raise ValueError(f"type {match['kind']} is none of {get_args(ParameterType)}")
    kind = cast("ParameterType", match["kind"])
    if match["low"] and kind not in ("int", "float"):
        raise ValueError(f"{match['name']}: only numbers have a range")
    if match["choices"] and kind not in ("string", "strings"):
        raise ValueError(f"{match['name']}: only texts have choices")
    low, high = (int(match[k]) if match[k] else None for k in ("low", "high"))
    choices = tuple(match["choices"].split(",")) if match["choices"] else ()
    bare = Parameter(match["name"], kind, None, match["en"], match["zh"], low, high, choices)
    try:
        default = _default(match["default"], bare)
    except ValueError as error:
        raise ValueError(f"default of {bare.name}: {error}") from None
    return Parameter(match["name"], kind, default, match["en"], match["zh"], low, high, choices)


def bind_all(parameters: Sequence[Parameter], given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Typed values for every declared parameter; raises `BadParameter`."""
    known = {p.name for p in parameters}
    for name in given:
        if name not in known:
            raise BadParameter(
                f"没有名为 {name} 的参数；可用：{'、'.join(sorted(known)) or '（无）'}。",
                f"there is no parameter {name}; known: {', '.join(sorted(known)) or 'none'}.",
                subject=name,
            )
    return {p.name: p.bind(given.get(p.name), today) for p in parameters}


def _default(text: str, parameter: Parameter) -> Any:
    if text == "required":
        return REQUIRED
    if text == "today":
        if parameter.kind != "date":
            raise ValueError("today is a default of dates only")
        return TODAY
    value = json.loads(text)
    if value is not None and not parameter._allowed(value):
        raise ValueError(f"{text} is not a {parameter.kind}")
    return value


_CHECKS: dict[ParameterType, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "int": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "float": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "bool": lambda v: isinstance(v, bool),
    "date": lambda v: isinstance(v, date),
    "strings": lambda v: isinstance(v, list) and all(isinstance(x, str) for x in v),
}

_EXPECTED: dict[ParameterType, tuple[str, str]] = {
    "string": ("文字", "a text"),
    "int": ("整数", "a whole number"),
    "float": ("数字", "a number"),
    "bool": ("true 或 false", "true or false"),
    "date": ("日期 YYYY-MM-DD", "a date YYYY-MM-DD"),
    "strings": ("用逗号分隔的文字", "texts separated by commas"),
}

_FROM_TEXT: dict[ParameterType, Callable[[str], Any]] = {
    "string": str,
    "int": int,
    "float": float,
    "bool": lambda t: {"true": True, "false": False}[t.lower()],
    "date": date.fromisoformat,
    "strings": lambda t: [part.strip() for part in t.split(",") if part.strip()],
}
