"""Edges that the load derives and keeps; never delivered."""

from __future__ import annotations

from typing import Annotated as A

from graph.model import vocabulary as v
from graph.model.base import Edge, Prop


class CrossAppointment(Edge):
    """交叉任职: derived, one edge per pair of overlapping posts of one person in two bodies."""

    zh, en, type, derived = "交叉任职", "cross-appointment", "CROSS_APPOINTMENT", True
    drawn = ("person", "dashed")
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
    drawn = ("place", "dotted")
    ends = ((("Area", "Quarter", "Grid"), ("Area",)),)
    height: A[int, Prop("层级", "height of the area: 0 community … 4 province, 5 level not known")]
