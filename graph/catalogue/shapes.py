"""Rows of the catalogue: queries, rules and how profiles set them."""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.catalogue.parameters import Kind
from graph.model.base import Flag


class ParameterShape(TypedDict):
    """查询的参数。 A declared parameter; the default `today` is the day of the request."""

    name: str
    type: Kind
    required: bool
    default: Any
    en: str
    zh: str


class ColumnShape(TypedDict):
    """查询的列。 A column; flagged ones are masked."""

    name: str
    flag: Flag | None


class QueryShape(TypedDict):
    """查询的接口。 The interface of a query."""

    name: str
    folder: Literal["queries", "coverage", "paths", "rules", "candidates", "closers"]
    title: str
    title_zh: str
    about: str | None
    about_zh: str | None
    parameters: list[ParameterShape]
    columns: list[ColumnShape]
    source: str
    revision: str


class QueryDetail(QueryShape):
    """查询的接口与文本。 Interface and text."""

    text: str


class RuleShape(QueryShape):
    """规则的接口。 The interface of a rule; `verified` says how far its source was checked."""

    code: str
    severity_lowest: Severity
    severity_highest: Severity
    identity: list[str]
    verified: str
    version: str


class RuleSettings(TypedDict):
    """规则集对规则的设置。 How a profile sets a rule; `set_by` names where each value is from."""

    profile: str
    title: str
    title_zh: str
    area: str | None
    on: bool
    severity: Severity
    params: dict[str, Any]
    source: str
    source_zh: str
    set_by: dict[str, str]


class RuleDetail(RuleShape):
    """规则全文。 A rule with its text and every profile's settings."""

    text: str
    profiles: list[RuleSettings]
