"""Rows of the catalogue: queries, rules and how profiles set them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from typing_extensions import TypedDict

from graph.catalogue.kinds import Severity
from graph.catalogue.parameters import ParameterType
from graph.catalogue.queries import Folder
from graph.catalogue.topics import Topic
from graph.labels import Label
from graph.model.base import Flag


class ParameterShape(TypedDict):
    """查询的参数。 A declared parameter; the default `today` is the day of the request.

    `low` and `high` bound numbers, inclusive; `choices` are the only texts, if any; `ids` says that it
    takes ids of things of the graph, which `/search` finds.
    """

    name: str
    type: ParameterType
    required: bool
    default: Any
    en: str
    zh: str
    low: int | None
    high: int | None
    choices: list[str]
    ids: bool


class ColumnShape(TypedDict):
    """查询的列。 A column; flagged ones are masked."""

    name: str
    zh: str
    flag: Flag | None


class QueryShape(TypedDict):
    """查询的接口。 The interface of a query."""

    name: str
    folder: Folder
    topic: Topic
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
    """规则的接口。 The interface of a rule; `verified` says how far the file's own source was checked."""

    code: str
    severity_lowest: Severity
    severity_highest: Severity
    identity: list[str]
    verified: str
    version: str


class RuleSettings(TypedDict):
    """规则集对规则的设置。 How a profile sets a rule; `set_by` names where each value is from.

    `texts` are those that the rule rests on there; `verified` is the mark of the first of them: in a
    place whose text was not read it is N, whatever the rule's own file says.
    """

    profile: str
    title: str
    title_zh: str
    area: str | None
    on: bool
    severity: Severity
    params: dict[str, Any]
    source: str
    source_zh: str
    verified: str | None
    texts: list[str]
    texts_en: list[str]
    set_by: dict[str, str]


class RuleDetail(RuleShape):
    """规则全文。 A rule with its text and every profile's settings."""

    text: str
    profiles: list[RuleSettings]


class ProfileRow(TypedDict):
    """规则集。 A profile, the one it inherits from, the area that it is for."""

    profile: Annotated[str, Label("规则集")]
    title: str
    title_zh: Annotated[str, Label("名称")]
    inherits: Annotated[str | None, Label("上级规则集")]
    area: Annotated[str | None, Label("辖区")]
    since: Annotated[date | None, Label("自")]
    rules_set: Annotated[int, Label("设置规则数")]


class SettingRow(TypedDict):
    """一项设置。 A setting of a rule; `profile` null: the rule's own default."""

    code: Annotated[str, Label("规则")]
    rule: str
    title_zh: Annotated[str, Label("名称")]
    setting: Annotated[str, Label("设置")]
    setting_zh: Annotated[str, Label("含义")]
    setting_en: str
    value: Annotated[Any, Label("值")]
    profile: str | None
    profile_zh: Annotated[str | None, Label("出自规则集")]
    since: Annotated[date | None, Label("自")]
    until: Annotated[date | None, Label("至（不含）")]
    verified: str | None
    texts: Annotated[list[str], Label("条文")]
    texts_en: list[str]
    source: str
    source_zh: Annotated[str, Label("依据")]
