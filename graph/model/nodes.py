"""The node types: one concrete label each, id prefix, properties in import order.

An absent value means not known; known absence is a value
(`False`, `0`, `none`). Flags mark personal and sensitive properties.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated as A

from graph.model import vocabulary as v
from graph.model.base import Element, Node, Prop

About = A[str | None, Prop("说明", "what the source says of it, in own words; never personal")]
"""Shown to everybody and searched, unlike the note; of things, never of persons."""


Precision = list[str] | None
"""Of dates that are known to the month or year only: `elected_on:month`; the date is its first day,
of an exclusive end (`*_until`) the first day after it."""


class _Term(Element):
    """The present term of a body; `*_until` dates are exclusive."""

    elected_on: A[date | None, Prop("选举产生日", "elected on")] = None
    term_until: A[date | None, Prop("任期截止", "end of the term, exclusive")] = None
    extended_until: A[date | None, Prop("延期至", "extended until, exclusive")] = None
    extension_approved_by: A[str | None, Prop("延期批准机关", "who approved the extension")] = None
    seats: A[int | None, Prop("职数", "number of seats")] = None
    date_precision: A[Precision, Prop("日期精度", "dates known to the month or year, as property:month")] = (
        None
    )


class Area(Node):
    """行政区域: province, city, district, subdistrict or township, community."""

    zh, en, prefix = "行政区域", "area", ""
    drawn = ("place", "rectangle")
    level: A[v.AreaLevel, Prop("级别", "level")]
    code: A[str | None, Prop("统计代码", "official 12-digit statistical code")] = None
    population_resident: A[int | None, Prop("常住人口", "residents", unit="人")] = None
    households: A[int | None, Prop("户数", "households", unit="户")] = None
    about: About = None


class Quarter(Node):
    """小区: one property management area."""

    zh, en, prefix = "小区", "residential quarter", "q"
    drawn = ("place", "hexagon")
    kind: A[v.QuarterKind | None, Prop("类型", "kind")] = None
    households: A[int | None, Prop("户数", "households", unit="户")] = None
    floor_area_m2: A[float | None, Prop("建筑面积", "floor area", unit="m²")] = None
    single_owner: A[bool | None, Prop("单一业主", "owned by one owner")] = None
    lat: A[float | None, Prop("纬度", "latitude of the entrance, WGS 84", unit="°")] = None
    lon: A[float | None, Prop("经度", "longitude of the entrance, WGS 84", unit="°")] = None
    about: About = None


class Building(Node):
    """楼栋或单元."""

    zh, en, prefix = "楼栋（单元）", "building or entrance", "b"
    drawn = ("place", "triangle")
    level: A[v.BuildingLevel, Prop("级别", "level")]
    households: A[int | None, Prop("户数", "households", unit="户")] = None


class Grid(Node):
    """网格或居民小组."""

    zh, en, prefix = "网格", "grid", "g"
    drawn = ("place", "diamond")
    kind: A[v.GridKind | None, Prop("类型", "kind")] = None
    households: A[int | None, Prop("户数", "households", unit="户")] = None


class PartyOrganization(_Term, Node):
    """党组织; an extended committee (大党委) is the organization itself with that mark."""

    zh, en, prefix, body = "党组织", "Party organization", "po", True
    drawn = ("party", "circle")
    tier: A[v.PartyTier | None, Prop("层级", "tier")] = None
    level: A[v.PartyLevel, Prop("所属级别", "whose organization")]
    extended_committee: A[bool | None, Prop("大党委（大工委）", "has an extended committee")] = None
    extended_since: A[date | None, Prop("大党委成立日", "extended committee since")] = None


class ResidentsCommittee(_Term, Node):
    """居民委员会."""

    zh, en, prefix, body = "居委会", "residents' committee", "rc", True
    drawn = ("residents", "circle")


class OwnersCommittee(_Term, Node):
    """业主委员会, or the interim body in its place (物管会)."""

    zh, en, prefix, body = "业委会", "owners' committee", "oc", True
    drawn = ("owners", "circle")
    kind: A[v.OwnersCommitteeKind, Prop("类型", "kind")]
    filed: A[bool | None, Prop("已备案", "filed")] = None
    filed_on: A[date | None, Prop("备案日", "filed on")] = None


class SupervisionCommittee(_Term, Node):
    """监督委员会; its members must not overlap with those it supervises."""

    zh, en, prefix, body = "监督委员会", "supervision committee", "sc", True
    drawn = ("owners", "diamond")
    kind: A[v.SupervisionKind, Prop("类型", "kind")]


class PropertyProject(Node):
    """物业项目: how one quarter's property is run."""

    zh, en, prefix, body = "物业项目", "property project", "pp", True
    drawn = ("property", "circle")
    mode: A[v.PropertyMode | None, Prop("管理方式", "mode")] = None


class PropertyFirm(Node):
    """物业企业; may stand wherever a Unit may."""

    zh, en, prefix = "物业企业", "property service company", "pf"
    drawn = ("property", "rectangle")
    category: A[v.FirmCategory | None, Prop("类别", "category")] = None


class Unit(Node):
    """单位: organs, institutions, enterprises, merchants."""

    zh, en, prefix = "单位", "unit", "u"
    drawn = ("unit", "rectangle")
    category: A[v.UnitCategory | None, Prop("类别", "category")] = None


class Team(Node):
    """队伍、社团、群团."""

    zh, en, prefix = "队伍", "team", "t"
    drawn = ("residents", "triangle")
    kind: A[v.TeamKind, Prop("类型", "kind")]
    members: A[int | None, Prop("人数", "members", unit="人")] = None
    about: About = None


class ServiceStation(Node):
    """党群服务阵地."""

    zh, en, prefix = "党群服务阵地", "service station", "st"
    drawn = ("service", "rectangle")
    kind: A[v.StationKind | None, Prop("类型", "kind")] = None
    floor_area_m2: A[float | None, Prop("面积", "floor area", unit="m²")] = None
    lat: A[float | None, Prop("纬度", "latitude, WGS 84", unit="°")] = None
    lon: A[float | None, Prop("经度", "longitude, WGS 84", unit="°")] = None
    about: About = None


class Person(Node):
    """人员; the id is a serial number and holds no personal data."""

    zh, en, prefix = "人员", "person", "p"
    drawn = ("person", "circle")
    name: A[str, Prop("姓名", "name", flag="personal")]
    gender: A[v.Gender | None, Prop("性别", "gender", flag="personal")] = None
    party_status: A[v.PartyStatus | None, Prop("党员身份", "Party status", flag="sensitive")] = None
    party_joined_on: A[date | None, Prop("入党日期", "joined on", flag="sensitive")] = None
    party_full_on: A[date | None, Prop("转正日期", "full member on", flag="sensitive")] = None
    party_category: A[v.PartyCategory | None, Prop("党员类别", "class", flag="sensitive")] = None
    public_post: A[v.PublicPost | None, Prop("公职身份", "public post", flag="personal")] = None
    date_precision: A[
        Precision, Prop("日期精度", "dates known to the month or year, as property:month", flag="sensitive")
    ] = None


class Resource(Node):
    """资源: what one provider offers."""

    zh, en, prefix = "资源", "resource", "r"
    drawn = ("exchange", "star")
    category: A[v.ResourceCategory, Prop("类别", "category")]
    capacity: A[float | None, Prop("容量", "capacity per period")] = None
    capacity_unit: A[str | None, Prop("容量单位", "unit of the capacity")] = None
    about: About = None


class Need(Node):
    """需求、问题."""

    zh, en, prefix = "需求", "need", "n"
    drawn = ("exchange", "triangle")
    kind: A[v.NeedKind, Prop("类型", "kind")]
    category: A[v.NeedCategory, Prop("类别", "category")]
    status: A[v.NeedStatus, Prop("状态", "status")]
    resource_categories: A[list[v.ResourceCategory] | None, Prop("可对接资源类别", "what would meet it")] = (
        None
    )
    about: About = None


class Project(Node):
    """项目、活动."""

    zh, en, prefix = "项目", "project", "pj"
    drawn = ("exchange", "diamond")
    status: A[v.ProjectStatus | None, Prop("状态", "status")] = None
    about: About = None


class Mechanism(Node):
    """机制: a standing arrangement; levels and parties are data."""

    zh, en, prefix = "机制", "mechanism", "k"
    drawn = ("record", "hexagon")
    kind: A[v.MechanismKind, Prop("类型", "kind")]
    period_days: A[int | None, Prop("周期", "period", unit="天")] = None
    walk_minutes: A[int | None, Prop("步行时间", "walking time", unit="分钟")] = None
    steps: A[list[str] | None, Prop("步骤（层级）", "levels or steps, in order")] = None
    parties: A[list[v.Party] | None, Prop("参与方", "parties")] = None
    post_from: A[str | None, Prop("任职来源", "Label.role from which a person comes")] = None
    post_to: A[str | None, Prop("兼任职务", "Label.role that the person takes")] = None
    mode: A[v.MechanismMode | None, Prop("约束程度", "how binding")] = None
    about: About = None


class Meeting(Node):
    """会议: one occurrence."""

    zh, en, prefix = "会议", "meeting", "m"
    drawn = ("record", "diamond")
    kind: A[v.MeetingKind, Prop("类型", "kind")]
    held_on: A[date | None, Prop("召开日", "held on")] = None
    status: A[v.MeetingStatus, Prop("状态", "status")]


class Claim(Node):
    """公布的数字: shown beside counts, never counted."""

    zh, en, prefix = "公布的数字", "published figure", "c"
    drawn = ("record", "triangle")
    metric: A[str, Prop("指标", "metric")]
    value: A[float, Prop("数值", "value")]
    unit: A[str | None, Prop("单位", "unit")] = None
    qualifier: A[v.Qualifier, Prop("精确程度", "qualifier")]
    nature: A[v.ClaimNature, Prop("性质", "nature")]
    as_of: A[date | None, Prop("截至日", "as of")] = None
    scope: A[str | None, Prop("范围", "scope")] = None
    quote: A[str | None, Prop("原文短语", "short anchor in the source")] = None
    about: About = None


class SourceDocument(Node):
    """来源: 文献、台账."""

    zh, en, prefix = "来源", "source document", "d"
    drawn = ("record", "rectangle")
    kind: A[v.DocumentKind, Prop("类型", "kind")]
    publisher: A[str | None, Prop("发布者", "publisher")] = None
    published_on: A[date | None, Prop("发布日", "published on")] = None
    address: A[str | None, Prop("地址", "address")] = None
    obtained_on: A[date | None, Prop("取得日", "obtained on")] = None


NODE_TYPES: tuple[type[Node], ...] = (
    Area,
    Quarter,
    Building,
    Grid,
    PartyOrganization,
    ResidentsCommittee,
    OwnersCommittee,
    SupervisionCommittee,
    PropertyProject,
    PropertyFirm,
    Unit,
    Team,
    ServiceStation,
    Person,
    Resource,
    Need,
    Project,
    Mechanism,
    Meeting,
    Claim,
    SourceDocument,
)
