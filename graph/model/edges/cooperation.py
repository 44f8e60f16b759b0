"""Edges of co-building, resources, needs and records."""

from __future__ import annotations

from typing import Annotated as A

from graph.model import vocabulary as v
from graph.model.base import Cardinality, Edge, Prop, Walk
from graph.model.edges.ends import BODIES, PLACES, UNITS


class CoBuilds(Edge):
    """共建: a member unit of an extended committee, or of a quarter's organization."""

    zh, en, type = "共建", "co-builds", "CO_BUILDS"
    drawn = ("unit", "solid")
    sentence = ("“{a}”与“{b}”共建", "{a} co-builds with {b}")
    ends = (((*UNITS, "PartyOrganization"), ("PartyOrganization",)),)
    walk = Walk("down", 1)
    tie = 1


class Offers(Edge):
    """提供: the one provider of a resource; open = active."""

    zh, en, type = "提供", "offers", "OFFERS"
    drawn = ("exchange", "solid")
    sentence = ("“{a}”提供“{b}”", "{a} offers {b}")
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
    drawn = ("exchange", "dashed")
    sentence = ("“{a}”涉及“{b}”", "{a} concerns {b}")
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
    drawn = ("exchange", "dotted")
    sentence = ("“{a}”对接“{b}”", "{a} meets {b}")
    tie = 1
    ends = ((("Project",), ("Need",)),)


class Uses(Edge):
    """使用."""

    zh, en, type = "使用", "uses", "USES"
    drawn = ("owners", "dashed")
    sentence = ("“{a}”使用“{b}”", "{a} uses {b}")
    tie = 1
    ends = ((("Project",), ("Resource",)),)
    amount: A[float | None, Prop("用量", "amount, in the capacity's unit")] = None


class TakesPartIn(Edge):
    """参加."""

    zh, en, type = "参加", "takes part in", "TAKES_PART_IN"
    drawn = ("unit", "dashed")
    sentence = ("“{a}”参加“{b}”", "{a} takes part in {b}")
    tie = 1
    ends = (((*BODIES, *UNITS, "Team", "Person"), ("Mechanism", "Meeting", "Project")),)
    role: A[v.TakingPart | None, Prop("角色", "role")] = None
    present: A[bool | None, Prop("到会", "present")] = None


class EscalatesTo(Edge):
    """上报."""

    zh, en, type = "上报", "escalates to", "ESCALATES_TO"
    drawn = ("service", "dashed")
    sentence = ("“{a}”上报“{b}”", "{a} escalates to {b}")
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
    drawn = ("record", "solid")
    ends = (((*PLACES, *BODIES, *UNITS, "Team", "ServiceStation", "Person"), ("SourceDocument",)),)
    subject: A[v.Register, Prop("台账", "what is listed completely")]
