"""How large an invented district is, and which counts follow from that.

Bottom of `worked_example`; knows errors only.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import BadParameter

CASE_COMMUNITIES = 4
"""The first communities hold the cases placed by hand."""
CASE_QUARTERS = 20
"""Five in each of them."""
LOOSE_QUARTERS = 2
"""The last ones, of which no community is known."""


@dataclass(frozen=True)
class Scale:
    """The size of a district; the defaults are the committed worked example.

    The ids of the cases do not depend on it. Raises `BadParameter` for a size in which they have
    no room, or with too few persons to fill the posts of a quarter.
    """

    subdistricts: int = 3
    communities: int = 12
    quarters: int = 60
    persons: int = 600

    def __post_init__(self) -> None:
        low = {
            "subdistricts": 1,
            "communities": max(4 * self.subdistricts, CASE_COMMUNITIES + 1),
            "quarters": CASE_QUARTERS + LOOSE_QUARTERS + 2 * (self.communities - CASE_COMMUNITIES),
            "persons": 9 * self.quarters,
        }
        high = {"subdistricts": 999, "communities": 999 * self.subdistricts}
        for name, least in low.items():
            _check(name, getattr(self, name), least, high.get(name))

    @property
    def firms(self) -> int:
        """Property firms; the cases use the first four."""
        return max(5, self.quarters // 15)

    @property
    def units(self) -> int:
        return 2 * self.quarters

    @property
    def co_building(self) -> int:
        """`CO_BUILDS` edges."""
        return 2 * self.quarters

    @property
    def resources(self) -> int:
        return 3 * self.quarters

    @property
    def needs(self) -> int:
        return 3 * self.quarters // 2

    @property
    def projects(self) -> int:
        return max(6, self.quarters // 5)


def _check(name: str, value: int, low: int, high: int | None) -> None:
    if value < low:
        raise BadParameter(
            f"{name} 至少为 {low}，给出的是 {value}。",
            f"{name} must be at least {low}, not {value}.",
            subject=name,
        )
    if high is not None and value > high:
        raise BadParameter(
            f"{name} 至多为 {high}，给出的是 {value}。",
            f"{name} must be at most {high}, not {value}.",
            subject=name,
        )
