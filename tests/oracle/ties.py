"""Ties between persons and the firms that serve a quarter, as rule R27 means them.

Above the view; read by the oracles of rules and coverage.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from graph.model import label_of
from tests.oracle.view import Item, View

EMPLOYED = ("employee", "seconded")
"""Kinds of employment that bar a person unless a profile says more."""
MAX_LEVELS = 3
"""How many steps up or down a group of firms still makes an affiliate."""


def operators(view: View, quarter: str) -> Iterator[tuple[str, str]]:
    """Project and operator of a quarter's property, whatever the operator is."""
    for project in view.starts(quarter, "SERVES", "PropertyProject"):
        for operator in view.ends(project, "OPERATED_BY"):
            yield project, operator


def group(view: View, firm: str, *, affiliates: bool) -> set[str]:
    """A firm and, on request, its parents and affiliates within `MAX_LEVELS` steps."""
    found = {firm}
    if affiliates:
        for _ in range(MAX_LEVELS):
            found |= {
                other
                for one in list(found)
                for other in view.ends(one, "SUBORDINATE_TO") | view.starts(one, "SUBORDINATE_TO")
            }
    return found


def ties(
    view: View, person: str, project: str, firm: str, kinds: Collection[str], *, affiliates: bool
) -> list[Item]:
    """What ties a person to a firm that runs a project: employments, and posts in the project."""
    employers = group(view, firm, affiliates=affiliates)
    work = view.out(person, "EMPLOYED_BY")
    posts = view.out(person, "HOLDS_POST")
    return [e for e in work if e["to"] in employers and e["kind"] in kinds] + [
        e for e in posts if e["to"] == project
    ]


def barred(view: View, person: str, quarter: str, kinds: Collection[str], *, affiliates: bool) -> bool:
    """Whether R27 bars a person from the committee of a quarter."""
    return any(
        ties(view, person, project, operator, kinds, affiliates=affiliates)
        for project, operator in operators(view, quarter)
        if label_of(operator) == "PropertyFirm"
    )
