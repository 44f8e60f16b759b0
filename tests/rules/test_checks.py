"""The check as a whole: profiles, severities, tallies, the cases of the worked example, masking."""

from __future__ import annotations

from typing import Any

import pytest

from graph.errors import BadParameter, NotFound
from graph.private import MASK
from graph.reading.answer import Answer
from graph.reading.areas import read_areas
from graph.reading.graph import Graph
from graph.rules.check import COUNTED, check_rules, tally
from tests.conftest import unmasked
from worked_example.generate import generate
from worked_example.scale import Scale
from worked_example.scenes import Case, Verdict

AREA = "990101000000"
CASES = generate(Scale(), 1, place="worked_example").cases


@pytest.fixture(scope="session")
async def checked(loaded: Graph) -> Answer:
    """All rules on the worked example, asked once per engine."""
    return await check_rules(unmasked(loaded), area=AREA)


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c.quarter))
async def test_a_case_of_the_example_gets_its_verdicts(case: Case, checked: Answer) -> None:
    """Each hand-placed conflict is answered as its table says: a row that names all its ids."""
    answer = checked
    for expected in case.verdicts:
        assert any(_speaks_of(row, expected) for row in answer.data), expected


def _speaks_of(row: dict[str, Any], expected: Verdict) -> bool:
    """Whether a row has the verdict and all the ids, each as subject, extra column or evidence."""
    ids = {v for v in row.values() if isinstance(v, str)}
    ids |= {x for v in row.values() if isinstance(v, list) for x in v}
    same = (row["code"], row["verdict"]) == (expected.rule, expected.verdict)
    return same and set(expected.ids) <= ids


async def test_a_result_carries_its_own_denominator(loaded: Graph, checked: Answer) -> None:
    """The verdicts of a rule add up to its total, and every rule in force on the day is there."""
    answer = checked
    counts = tally(answer.data)
    profile = loaded.profiles["worked_example"]
    off = {q.rule.code for q in loaded.catalogue.rules() if not profile.rule(q.name, answer.stamp.as_of).on}
    assert off == {"R50", "R51", "R54"}  # new in the law of 2026
    assert {row["code"] for row in counts} == {q.rule.code for q in loaded.catalogue.rules()} - off
    assert len(answer.data) == sum(row["total"] for row in counts)
    for row in counts:
        assert row["total"] == sum(row[v] for v in COUNTED)


async def test_each_place_is_checked_under_its_own_profile(loaded: Graph) -> None:
    """Without an area every loaded place is checked with the parameters of its profile."""
    answer = await check_rules(loaded)
    found = {(r["profile"], r["severity"]) for r in answer.data if r["code"] == "R15"}
    assert {("shigu", "warning"), ("worked_example", "warning"), ("tianyuan", "info")} <= found


async def test_the_profile_nearest_to_the_subject_decides(loaded: Graph) -> None:
    """Asked of a province or district, a place inside is judged as when asked for alone."""
    for inner, outer, rule in (
        ("430407000000", "430000000000", "R15"), ("630102-yucailu", "630102000000", "R39"),
    ):  # fmt: skip
        alone = (await check_rules(loaded, area=inner, rule=rule)).data
        within = (await check_rules(loaded, area=outer, rule=rule)).data
        assert alone
        tree = await read_areas(loaded, loaded.today())
        assert alone == [row for row in within if inner in tree.above(row["area"])]
        assert len({row["finding"] for row in within}) == len(within)


async def test_the_profile_is_the_ceiling_of_severity(loaded: Graph) -> None:
    """R29 knows violations; where the profile says warning, no row says more, some say less."""
    answer = await check_rules(loaded, area=AREA, rule="R29")
    assert {"warning", "info"} == {r["severity"] for r in answer.data if r["verdict"] == "fail"}
    assert [r["severity"] for r in tally(answer.data)] == ["warning"]


async def test_one_rule_is_asked_by_name_or_code(loaded: Graph) -> None:
    """R15 and its name give the same rows."""
    by_code = await check_rules(loaded, area=AREA, rule="R15")
    by_name = await check_rules(loaded, area=AREA, rule="owners_committee_party_ratio_low")
    assert by_code.data
    assert by_code.data == by_name.data


async def test_every_unknown_says_what_is_missing_and_every_fail_has_evidence(checked: Answer) -> None:
    """No verdict without a reason: ids that decide it, or registers and values that would."""
    answer = checked
    assert {"unknown", "fail"} <= {row["verdict"] for row in answer.data}
    for row in answer.data:
        if row["verdict"] == "unknown":
            assert row["missing"], row
        if row["verdict"] in ("fail", "not_possible"):
            assert row["evidence"] or row["blocked_by"], row


async def test_evidence_names_no_secret_edge_unless_asked(loaded: Graph) -> None:
    """That someone owns a home, works for a firm or is a member stays out of masked evidence."""
    masked = await check_rules(loaded, area=AREA)
    shown = await check_rules(unmasked(loaded), area=AREA)
    secret = ("~OWNS_HOME_IN~", "~EMPLOYED_BY~", "~MEMBER_OF~")

    def evidence(answer: Answer) -> list[str]:
        return [e for row in answer.data for e in row["evidence"]]

    assert any(s in e for e in evidence(shown) for s in secret)
    assert all(e.startswith(MASK) for e in evidence(masked) if any(s in e for s in secret))


async def test_an_unknown_rule_area_or_verdict_is_refused(loaded: Graph) -> None:
    """A wrong name is reported, not answered with nothing."""
    with pytest.raises(NotFound):
        await check_rules(loaded, rule="R99")
    with pytest.raises(NotFound):
        await check_rules(loaded, area="110101000000")
    with pytest.raises(BadParameter):
        await check_rules(loaded, verdict="maybe")
