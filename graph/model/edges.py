"""The edge types: which labels each may join, how often, what its existence reveals.

Every edge has a half-open period `since <= as_of < until`. An edge starts
at the end with fewer edges of its type: the embedded engine searches from there when it merges.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated as A

from graph.model import vocabulary as v
from graph.model.base import Cardinality, Edge, Prop, Walk

PLACES = ("Area", "Quarter", "Building", "Grid")
BODIES = (
    "PartyOrganization",
    "ResidentsCommittee",
    "OwnersCommittee",
    "SupervisionCommittee",
    "PropertyProject",
)
UNITS = ("Unit", "PropertyFirm")


class PartOf(Edge):
    """属于: the one place above."""

    zh, en, type = "属于", "part of", "PART_OF"
    ends = (
        (("Area",), ("Area",)),
        (("Quarter",), ("Area",)),
        (("Building",), ("Quarter", "Building")),
        (("Grid",), ("Area", "Quarter")),
        (("Meeting",), ("Mechanism",)),
    )
    cardinalities = (
        Cardinality("from", labels=("Quarter", "Building", "Grid"), low=1),
        Cardinality("from", labels=("Area",)),
    )
    acyclic = True
    walk = Walk("up", 2, at=("Area", "Quarter", "Building"))
    tie = 2


class SubordinateTo(Edge):
    """隶属: the one organization above."""

    zh, en, type = "隶属", "subordinate to", "SUBORDINATE_TO"
    chain = tie = 1
    ends = (
        (("PartyOrganization",), ("PartyOrganization",)),
        (UNITS, UNITS),
        (("ServiceStation",), ("ServiceStation",)),
    )
    cardinalities = (Cardinality("from", level="warning"),)
    acyclic = True


class Covers(Edge):
    """覆盖: a body of governance and the places and units it is for."""

    zh, en, type = "覆盖", "covers", "COVERS"
    ends = (
        (("PartyOrganization",), (*PLACES, *UNITS)),
        (("ResidentsCommittee",), ("Area",)),
        (("OwnersCommittee",), ("Quarter",)),
        (("SupervisionCommittee",), ("Quarter", "Area")),
        (("Grid",), ("Quarter", "Building")),
    )
    cardinalities = (Cardinality("to", labels=("Quarter",), other=("OwnersCommittee",), level="warning"),)
    walk = Walk("down", 1, at=("PartyOrganization", "ResidentsCommittee"), out=True)
    tie = 1


class Serves(Edge):
    """服务: a provider and the places it serves."""

    zh, en, type = "服务", "serves", "SERVES"
    ends = ((("PropertyProject",), ("Quarter",)), (("Team", "ServiceStation", *UNITS), ("Quarter", "Area")))
    walk = Walk("down", 1, out=True)
    tie = 1
    contract_until: A[date | None, Prop("合同截止", "end of the contract, exclusive")] = None
    contract_indefinite: A[bool | None, Prop("不定期合同", "contract without end")] = None
    walk_minutes: A[float | None, Prop("步行时间", "walking time", unit="分钟")] = None


class OperatedBy(Edge):
    """由…运营: who runs a property project; the label fits its mode."""

    zh, en, type = "由…运营", "operated by", "OPERATED_BY"
    tie = 1
    ends = ((("PropertyProject",), ("PropertyFirm", "Unit", "ResidentsCommittee", "OwnersCommittee")),)
    cardinalities = (Cardinality("from"),)


class BasedIn(Edge):
    """位于: where a unit or station stands."""

    zh, en, type = "位于", "based in", "BASED_IN"
    walk = Walk("out", 1)
    tie = 1
    ends = (((*UNITS, "ServiceStation"), ("Area", "Quarter")),)
    cardinalities = (Cardinality("from"),)


class HoldsPost(Edge):
    """任职: one period of one person in one role of one body or place."""

    zh, en, type, key, spell_in_id = "任职", "holds post", "HOLDS_POST", "role", True
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
    ends = ((("Person",), ("PartyOrganization",)),)


class ReportedTo(Edge):
    """双报到: registered with an organization beside the own one."""

    zh, en, type, flag = "双报到", "reported to", "REPORTED_TO", "sensitive"
    ends = ((("Person", *UNITS, "PartyOrganization"), ("PartyOrganization",)),)


class LivesIn(Edge):
    """居住."""

    zh, en, type, flag = "居住", "lives in", "LIVES_IN", "personal"
    ends = ((("Person",), ("Quarter",)),)


class OwnsHomeIn(Edge):
    """房产."""

    zh, en, type, flag = "房产", "owns a home in", "OWNS_HOME_IN", "personal"
    ends = ((("Person", *UNITS), ("Quarter",)),)


class EmployedBy(Edge):
    """任职单位或入股."""

    zh, en, type, flag = "任职单位", "employed by", "EMPLOYED_BY", "personal"
    chain = tie = 1
    ends = ((("Person",), UNITS),)
    kind: A[v.EmploymentKind, Prop("性质", "kind")]
    position: A[str | None, Prop("岗位", "position")] = None


class RelatedTo(Edge):
    """亲属: stored once per pair, read undirected."""

    zh, en, type, key, flag = "亲属", "related to", "RELATED_TO", "relation", "sensitive"
    ends = ((("Person",), ("Person",)),)
    relation: A[v.Relation, Prop("关系", "from is the … of to")]
    disclosed: A[bool | None, Prop("已公示", "disclosed")] = None


class CoBuilds(Edge):
    """共建: a member unit of an extended committee, or of a quarter's organization."""

    zh, en, type = "共建", "co-builds", "CO_BUILDS"
    ends = (((*UNITS, "PartyOrganization"), ("PartyOrganization",)),)
    walk = Walk("down", 1)
    tie = 1


class Offers(Edge):
    """提供: the one provider of a resource; open = active."""

    zh, en, type = "提供", "offers", "OFFERS"
    ends = (
        (
            (*UNITS, "PartyOrganization", "ResidentsCommittee", "Team", "ServiceStation", "PropertyProject"),
            ("Resource",),
        ),
    )
    cardinalities = (Cardinality("to", low=1),)
    walk = Walk("up", 1)
    tie = 1


class Concerns(Edge):
    """涉及: a record and what it is about; an open edge from a Need is an open need."""

    zh, en, type = "涉及", "concerns", "CONCERNS"
    ends = (
        (("Need",), ("Quarter", "Area", "Building")),
        (("Meeting",), ("Quarter", "Area", "Need")),
        (("Mechanism",), ("Area", "Quarter", *BODIES)),
        (("Project",), ("Quarter", "Area")),
        (("Claim",), (*PLACES, *BODIES, "Mechanism", "Project", "ServiceStation", "Team")),
    )
    cardinalities = (Cardinality("from", labels=("Need",), low=1, high=None),)
    walk = Walk("up", 0, at=("Need",))
    tie = 1
    until_known: A[bool | None, Prop("终止日已知", "false: it had ended by `until`, on a day not known")] = (
        None
    )


class Meets(Edge):
    """满足."""

    zh, en, type = "满足", "meets", "MEETS"
    tie = 1
    ends = ((("Project",), ("Need",)),)


class Uses(Edge):
    """使用."""

    zh, en, type = "使用", "uses", "USES"
    tie = 1
    ends = ((("Project",), ("Resource",)),)
    amount: A[float | None, Prop("用量", "amount, in the capacity's unit")] = None


class TakesPartIn(Edge):
    """参加."""

    zh, en, type = "参加", "takes part in", "TAKES_PART_IN"
    tie = 1
    ends = (((*BODIES, *UNITS, "Team", "Person"), ("Mechanism", "Meeting", "Project")),)
    role: A[v.TakingPart | None, Prop("角色", "role")] = None
    present: A[bool | None, Prop("到会", "present")] = None


class EscalatesTo(Edge):
    """上报."""

    zh, en, type = "上报", "escalates to", "ESCALATES_TO"
    tie = 1
    ends = (
        (
            ("Quarter", "Area", "Grid", *BODIES, "ServiceStation", "Mechanism"),
            ("PartyOrganization", "ServiceStation", "Mechanism", *UNITS),
        ),
    )
    topic: A[str | None, Prop("事项", "topic")] = None
    step: A[int | None, Prop("步骤", "step")] = None


class CompleteIn(Edge):
    """台账齐全: a source lists everything of a subject here, from `since` on."""

    zh, en, type, key = "台账齐全", "complete in", "COMPLETE_IN", "subject"
    ends = (((*PLACES, *BODIES, *UNITS, "Team", "ServiceStation", "Person"), ("SourceDocument",)),)
    subject: A[v.Register, Prop("台账", "what is listed completely")]


class CrossAppointment(Edge):
    """交叉任职: derived, one edge per pair of overlapping posts of one person in two bodies."""

    zh, en, type, derived = "交叉任职", "cross-appointment", "CROSS_APPOINTMENT", True
    ends = (
        (
            ("PartyOrganization", "ResidentsCommittee", "OwnersCommittee", "PropertyProject"),
            ("PartyOrganization", "ResidentsCommittee", "OwnersCommittee", "PropertyProject"),
        ),
    )
    person: A[str, Prop("人员", "id of the person")]
    post_a: A[str, Prop("职务甲", "id of the post in the body the edge starts at")]
    post_b: A[str, Prop("职务乙", "id of the post in the body the edge ends at")]
    role_a: A[v.PostRole, Prop("职务甲角色", "role in the body the edge starts at")]
    role_b: A[v.PostRole, Prop("职务乙角色", "role in the body the edge ends at")]


class Within(Edge):
    """位于辖区: derived from PART_OF; from a place to each area that it is in, itself included."""

    zh, en, type, derived, auxiliary = "位于辖区", "within", "WITHIN", True, True
    ends = ((("Area", "Quarter", "Grid"), ("Area",)),)
    height: A[int, Prop("层级", "height of the area: 0 community … 4 province, 5 level not known")]


EDGE_TYPES: tuple[type[Edge], ...] = (
    PartOf,
    SubordinateTo,
    Covers,
    Serves,
    OperatedBy,
    BasedIn,
    HoldsPost,
    MemberOf,
    ReportedTo,
    LivesIn,
    OwnsHomeIn,
    EmployedBy,
    RelatedTo,
    CoBuilds,
    Offers,
    Concerns,
    Meets,
    Uses,
    TakesPartIn,
    EscalatesTo,
    CompleteIn,
    CrossAppointment,
    Within,
)
