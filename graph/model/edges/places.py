"""Edges between places and bodies: what is part of what, who covers and serves where."""

from __future__ import annotations

from datetime import date
from typing import Annotated as A

from graph.model.base import Cardinality, Edge, Prop, Walk
from graph.model.edges.ends import PLACES, UNITS


class PartOf(Edge):
    """属于: the one place above."""

    zh, en, type = "属于", "part of", "PART_OF"
    drawn = ("place", "solid")
    sentence = ("“{a}”属于“{b}”", "{a} is part of {b}")
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
    drawn = ("party", "solid")
    sentence = ("“{a}”隶属于“{b}”", "{a} is subordinate to {b}")
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
    drawn = ("party", "dashed")
    sentence = ("“{a}”覆盖“{b}”", "{a} covers {b}")
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
    drawn = ("service", "solid")
    sentence = ("“{a}”服务“{b}”", "{a} serves {b}")
    ends = ((("PropertyProject",), ("Quarter",)), (("Team", "ServiceStation", *UNITS), ("Quarter", "Area")))
    walk = Walk("down", 1, out=True)
    tie = 1
    contract_until: A[date | None, Prop("合同截止", "end of the contract, exclusive")] = None
    contract_indefinite: A[bool | None, Prop("不定期合同", "contract without end")] = None
    walk_minutes: A[float | None, Prop("步行时间", "walking time", unit="分钟")] = None


class OperatedBy(Edge):
    """由…运营: who runs a property project; the label fits its mode."""

    zh, en, type = "由…运营", "operated by", "OPERATED_BY"
    drawn = ("property", "solid")
    sentence = ("“{a}”由“{b}”运营", "{a} is operated by {b}")
    tie = 1
    ends = ((("PropertyProject",), ("PropertyFirm", "Unit", "ResidentsCommittee", "OwnersCommittee")),)
    cardinalities = (Cardinality("from"),)


class BasedIn(Edge):
    """位于: where a unit or station stands."""

    zh, en, type = "位于", "based in", "BASED_IN"
    drawn = ("place", "dashed")
    sentence = ("“{a}”位于“{b}”", "{a} is based in {b}")
    walk = Walk("out", 1)
    tie = 1
    ends = (((*UNITS, "ServiceStation"), ("Area", "Quarter")),)
    cardinalities = (Cardinality("from"),)
