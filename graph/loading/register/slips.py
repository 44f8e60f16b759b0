"""Who in a body may be meant by a name that differs in a slip; as candidates without a name."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ledger.questions import Candidate
from graph.likest import likeness
from graph.loading.register.known import IdsByName
from graph.loading.register.likeness import is_slip_of_a_person

ONE_OFF = "姓名只差一字的人"
"""What a candidate is called whose name is not said."""


def nearly(known: IdsByName, bodies: Iterable[str], plain: str) -> list[Candidate]:
    """Who is in one of the bodies now under a name that differs from this one in a slip."""
    return [
        Candidate(id_, ONE_OFF, known.names.get(body, ""), round(likeness(plain, name)))
        for body in bodies
        for name, id_ in sorted(known.inside.get(body, ()))
        if is_slip_of_a_person(plain, name)
    ]
