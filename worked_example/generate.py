"""Runs the parts in their order: from a scale and a seed to the rows of a whole district.

In `worked_example`, above all its parts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from worked_example.arrangements import add_arrangements
from worked_example.cobuilding import add_co_building
from worked_example.communities import add_community_posts
from worked_example.completeness import add_completeness, add_documents
from worked_example.delivery import Delivery
from worked_example.economy import add_economy
from worked_example.geography import add_geography
from worked_example.needs import add_needs_and_projects
from worked_example.people import add_residents, add_ties
from worked_example.plan import DISTRICT, REGISTER, District
from worked_example.quarters import add_quarter_bodies
from worked_example.resources import add_resources
from worked_example.scale import Scale
from worked_example.scenes import Case
from worked_example.services import add_services
from worked_example.showcase import add_showcase
from worked_example.staging import place_cases


@dataclass(frozen=True)
class Generated:
    """A delivery and the cases in it."""

    delivery: Delivery
    cases: tuple[Case, ...]


def generate(scale: Scale, seed: int, *, place: str = "worked_example") -> Generated:
    """An invented district: the same scale and seed give the same rows.

    `place` is the name of the folder that the delivery is meant for.
    """
    district = District(scale, seed)
    district.delivery.manifest |= {
        "format": 1,
        "place": place,
        "place_zh": "示例区（虚构）",
        "area": DISTRICT,
        "profile": "worked_example",
        "source": REGISTER,
        "batch": "2025-06-30",
        "delivered_on": date(2025, 7, 2),
        "synthetic": True,
        "coordinates": "wgs84",
    }
    add_documents(district)
    add_geography(district)
    add_economy(district)
    cases = place_cases(district)
    add_showcase(district)
    add_residents(district)
    add_quarter_bodies(district)
    add_community_posts(district)
    add_ties(district)
    add_services(district)
    add_co_building(district)
    add_resources(district)
    add_needs_and_projects(district)
    add_arrangements(district)
    add_completeness(district)
    district.delivery.sort()
    return Generated(district.delivery, cases)
