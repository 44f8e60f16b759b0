"""Edges of persons: posts, membership, homes, employment, kin."""

from __future__ import annotations

from datetime import date
from typing import Annotated as A

from graph.model import vocabulary as v
from graph.model.base import Cardinality, Edge, Prop, Walk
from graph.model.edges.ends import BODIES, UNITS


class HoldsPost(Edge):
    """任职: one period of one person in one role of one body or place."""

    zh, en, type, key, spell_in_id = "任职", "holds post", "HOLDS_POST", "role", True
    drawn = ("person", "solid")
    sentence = ("{a}在“{b}”任职", "{a} holds a post in {b}")
    walk = Walk("out", 1)
    chain = tie = 1
    ends = ((("Person",), (*BODIES, "Team", "ServiceStation", *UNITS, "Grid", "Building", "Quarter")),)
    cardinalities = (
        Cardinality("to", roles=("secretary",), level="warning"),
        Cardinality("to", roles=("chair",), level="warning"),
        Cardinality("to", roles=("director",), level="warning"),
        Cardinality("to", roles=("project_manager",), level="warning"),
    )
    role: A[v.PostRole, Prop("职务", "post")]
    portfolio: A[v.Portfolio | None, Prop("分工", "portfolio")] = None
    capacity: A[v.PostCapacity | None, Prop("任职身份", "in what quality", "personal")] = None
    title: A[str | None, Prop("职务名称", "title as worded")] = None
    elected: A[bool | None, Prop("选举产生", "elected")] = None
    approved: A[bool | None, Prop("已批准", "approved")] = None
    approved_by: A[str | None, Prop("批准机关", "approved by")] = None
    concurrent: A[bool | None, Prop("兼任", "held concurrently")] = None
    paid: A[bool | None, Prop("领取报酬", "paid", "personal")] = None
    pay_basis: A[v.PayBasis | None, Prop("报酬依据", "basis of the pay", "personal")] = None
    term_until: A[date | None, Prop("任期截止", "end of the term, exclusive")] = None


class MemberOf(Edge):
    """组织关系: Party membership affiliation."""

    zh, en, type, flag = "组织关系", "member of", "MEMBER_OF", "sensitive"
    drawn = ("party", "dotted")
    ends = ((("Person",), ("PartyOrganization",)),)


class ReportedTo(Edge):
    """双报到: registered with an organization beside the own one."""

    zh, en, type, flag = "双报到", "reported to", "REPORTED_TO", "sensitive"
    drawn = ("service", "dotted")
    ends = ((("Person", *UNITS, "PartyOrganization"), ("PartyOrganization",)),)


class LivesIn(Edge):
    """居住."""

    zh, en, type, flag = "居住", "lives in", "LIVES_IN", "personal"
    drawn = ("residents", "solid")
    ends = ((("Person",), ("Quarter",)),)


class OwnsHomeIn(Edge):
    """房产."""

    zh, en, type, flag = "房产", "owns a home in", "OWNS_HOME_IN", "personal"
    drawn = ("owners", "solid")
    ends = ((("Person", *UNITS), ("Quarter",)),)


class EmployedBy(Edge):
    """任职单位或入股."""

    zh, en, type, flag = "任职单位", "employed by", "EMPLOYED_BY", "personal"
    drawn = ("person", "dotted")
    sentence = ("{a}任职于或入股“{b}”", "{a} is employed by or holds shares of {b}")
    chain = tie = 1
    ends = ((("Person",), UNITS),)
    kind: A[v.EmploymentKind, Prop("性质", "kind")]
    position: A[str | None, Prop("岗位", "position")] = None


class RelatedTo(Edge):
    """亲属: stored once per pair, read undirected."""

    zh, en, type, key, flag = "亲属", "related to", "RELATED_TO", "relation", "sensitive"
    drawn = ("residents", "dashed")
    ends = ((("Person",), ("Person",)),)
    relation: A[v.Relation, Prop("关系", "from is the … of to")]
    disclosed: A[bool | None, Prop("已公示", "disclosed")] = None
