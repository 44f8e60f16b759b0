"""Puts the scenes of the cases on the map and resolves what the rules must answer to ids.

In `worked_example`, above `cases` and `bodies`. Case persons take the first serial numbers, so
their ids do not depend on scale or seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graph.model import edge_id
from worked_example.bodies import add_branch, add_owners_committee, add_post, add_project, add_supervision
from worked_example.cases import SCENES
from worked_example.delivery import Row, Value
from worked_example.plan import CODE, REGISTER, SURVEY, Community, District, Person, Quarter
from worked_example.scenes import Actor, Case, Scene, Verdict

_MOVED_IN = date(2018, 5, 1)
_BRANCH_SINCE = date(2022, 7, 1)
_ELECTED = date(2023, 3, 10)
_COMMUNITY_SINCE = date(2021, 3, 15)
_EXTENDED = date(2022, 3, 10)
_CATEGORIES = ("employed", "retired", "community_managed", "mobile", "other")
_SINCE = {
    "branch": _BRANCH_SINCE,
    "owners": _ELECTED,
    "project": _ELECTED,
    "supervision": _ELECTED,
    "committee": _COMMUNITY_SINCE,
    "residents": _COMMUNITY_SINCE,
}


def place_cases(district: District) -> tuple[Case, ...]:
    """All scenes of the table, and kin and an earlier term beside them."""
    cases = tuple(_place(district, scene) for scene in SCENES)
    people = {case.quarter[-3:]: case.people for case in cases}
    rows = district.delivery
    spouse, parent = people["010"], people["009"]
    rows.edge("RELATED_TO", spouse["B"], spouse["C"], relation="spouse", disclosed=False)
    rows.edge("RELATED_TO", parent["C"], parent["W"], relation="parent", disclosed=True)
    rows.edge(
        "HOLDS_POST",
        people["015"]["C"],
        f"oc-{CODE}-015",
        role="chair",
        spell=1,
        since=date(2019, 3, 1),
        until=date(2022, 3, 1),
        elected=True,
    )
    rows.edge("OWNS_HOME_IN", f"u-{CODE}-001", f"q-{CODE}-010", since=date(2016, 1, 1))
    return cases


def _place(district: District, scene: Scene) -> Case:
    quarter = district.quarters[scene.quarter - 1]
    community = quarter.community
    assert community is not None, "the quarters of the cases stand in communities"
    bodies = _bodies(district, scene, quarter, community)
    people = {
        actor.key: _cast(district, actor, quarter, bodies, number)
        for number, actor in enumerate(scene.actors)
    }
    for party in scene.fill:
        _fill(district, quarter, party, bodies["owners"], bodies["committee"])
    for _ in range(scene.branch_members):
        _fill(district, quarter, "full", None, bodies["branch"])
    _close(district, scene, quarter, bodies, community)
    ids = _ids(scene, quarter, bodies, people)
    verdicts = tuple(Verdict(e.rule, e.verdict, tuple(ids[key] for key in e.about)) for e in scene.expected)
    named = {key: person.id for key, person in people.items()}
    return Case(quarter.id, scene.zh, scene.en, named, verdicts)


def _bodies(district: District, scene: Scene, quarter: Quarter, community: Community) -> dict[str, str]:
    """The bodies of a scene by the word that its posts use."""
    found = {"committee": community.party, "residents": community.residents}
    if scene.branch:
        numbers = [scene.quarter, *([scene.shared_with] if scene.shared_with else [])]
        add_branch(
            district,
            [district.quarters[n - 1] for n in numbers],
            community.party,
            _BRANCH_SINCE,
            tier=scene.branch,
            **(dict(scene.branch_term) or {"elected_on": _BRANCH_SINCE}),
        )
    if quarter.branch:
        found["branch"] = quarter.branch
    if scene.owners:
        found["owners"] = add_owners_committee(
            district,
            quarter,
            scene.owners_since,
            seats=scene.seats,
            elected_on=_ELECTED,
            term_until=date(2028, 3, 10),
            filed=scene.quarter % 3 > 0,
            filed_on=date(2023, 3, 28) if scene.quarter % 3 else None,
            interim=scene.owners == "property_management_committee",
        )
    if scene.operator:
        operator = _employer(district, scene.operator, community)
        end = date(2025, 9, 1) if scene.quarter % 2 else date(2027, 1, 1)
        found["project"] = add_project(
            district,
            quarter,
            operator,
            date(2020, 1, 1),
            **({} if scene.operator == "rc" else {"contract_until": end}),
        )
    if any("supervision" in actor.posts for actor in scene.actors):
        found["supervision"] = add_supervision(district, quarter, _ELECTED, seats=3)
    return found


def _employer(district: District, key: str, community: Community) -> str:
    if key == "rc":
        return community.residents
    if key.startswith("firm"):
        return district.firms[int(key.removeprefix("firm")) - 1]
    return f"u-{CODE}-{int(key.removeprefix('unit')):03d}"


def _cast(
    district: District, actor: Actor, quarter: Quarter, bodies: Mapping[str, str], number: int
) -> Person:
    person = district.person(
        quarter,
        actor.party,
        owner=actor.owner,
        since=_MOVED_IN,
        public_post=actor.public_post,
        **_party_dates(actor.party, number),
    )
    rows = district.delivery
    if actor.party == "full":
        home = bodies["branch"] if "branch" in actor.posts else bodies["committee"]
        rows.edge("MEMBER_OF", person.id, home, since=date(2019, 7, 1))
    for body, post in actor.posts.items():
        more: Row = {"role": post} if isinstance(post, str) else dict(post)
        role = str(more.pop("role"))
        since = _EXTENDED if role == "part_time_member" else _SINCE[body]
        add_post(district, person, bodies[body], role, since, **more)
    if actor.job and quarter.community:
        employer = _employer(district, actor.job.at, quarter.community)
        job = {"kind": actor.job.kind, "until": actor.job.until}
        district.employ(person, employer, date(2020, 1, 1), **job)
    for subject in actor.complete:
        rows.edge("COMPLETE_IN", person.id, REGISTER, subject=subject, since=SURVEY)
    return person


def _party_dates(party: str | None, number: int) -> dict[str, Value]:
    if party != "full":
        return {}
    return {
        "party_joined_on": date(2009 + number, 7, 1),
        "party_full_on": date(2010 + number, 7, 1),
        "party_category": _CATEGORIES[number % len(_CATEGORIES)],
    }


def _fill(district: District, quarter: Quarter, party: str | None, owners: str | None, home: str) -> None:
    dates = _party_dates(party, 3)
    person = district.person(quarter, party, owner=True, since=_MOVED_IN, **dates)
    if party == "full":
        district.delivery.edge("MEMBER_OF", person.id, home, since=date(2019, 7, 1))
    if owners:
        add_post(district, person, owners, "member", _ELECTED, elected=True)


def _close(
    district: District, scene: Scene, quarter: Quarter, bodies: Mapping[str, str], of: Community
) -> None:
    """Seats at the community's joint meeting, and what is complete for this quarter alone."""
    for body in scene.at_joint_meeting:
        district.delivery.edge(
            "TAKES_PART_IN", bodies[body], f"k-{CODE}-c{of.number:02d}-joint", role="required", since=_ELECTED
        )
    for subject in scene.closed:
        district.delivery.edge("COMPLETE_IN", quarter.id, REGISTER, subject=subject, since=SURVEY)


def _ids(
    scene: Scene, quarter: Quarter, bodies: Mapping[str, str], people: Mapping[str, Person]
) -> dict[str, str]:
    ids = {"quarter": quarter.id, **bodies}
    for actor in scene.actors:
        person = people[actor.key].id
        ids[actor.key] = person
        for body, post in actor.posts.items():
            role, spell = (post, 1) if isinstance(post, str) else (post["role"], post.get("spell"))
            ids[f"{actor.key}.{body}"] = edge_id(
                "HOLDS_POST", person, bodies[body], str(role), int(str(spell or 1))
            )
    return ids
