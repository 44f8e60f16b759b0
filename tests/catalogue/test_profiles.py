"""Profiles: resolved over their parents, in force by date, refused with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.profile_rows import explain_profile
from graph.catalogue.profiles import Profiles
from graph.errors import CatalogueError, NotFound

CATALOGUE = Catalogue.load()
RATIO = "owners_committee_party_ratio_low"
NATIONAL = f"""title = "N"
title_zh = "国"
[rules.{RATIO}]
on = true
severity = "info"
params = {{ num = 1, den = 2 }}
source = "national"
"""
LOCAL = f"""title = "L"
title_zh = "地"
inherits = "national"
area = "430407000000"
since = 2022-09-19
[rules.{RATIO}]
severity = "warning"
params = {{ num = 3, den = 5 }}
"""


def profiles(tmp_path: Path, **files: str) -> Profiles:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    return Profiles.load(CATALOGUE, tmp_path)


def test_the_profiles_of_the_product_are_sound() -> None:
    """Every rule that a profile sets exists, with parameters of the right type."""
    found = {p.name for p in Profiles.load(CATALOGUE)}
    assert {"national", "shigu", "chengdong", "tongchuan", "danshui", "tianyuan"} <= found


PLACES = ("shigu", "chengdong", "tongchuan", "danshui", "tianyuan")


@pytest.mark.parametrize("place", PLACES)
def test_every_setting_of_every_place_has_a_source(place: str) -> None:
    """Each rule is settled in every place, on or off, with its source in both languages."""
    profile = Profiles.load(CATALOGUE)[place]
    for rule in CATALOGUE.folder("rules"):
        applied = profile.rule(rule.name, date(2025, 6, 30))
        assert {"on", "severity"} <= set(applied.origins), rule.name
        for origin in applied.origins.values():
            assert origin.source, rule.name
            assert origin.source_zh, rule.name
            assert origin.basis, rule.name


@pytest.mark.parametrize(
    ("place", "rule", "params"),
    [
        ("shigu", "owners_committee_party_ratio_low", {"num": 3, "den": 5}),
        ("shigu", "secretary_chair_not_unified", {"mode": "practised"}),
        ("shigu", "quarter_without_volunteer_team", {"min_teams": 1}),
        ("shigu", "joint_meeting_overdue", {"period_days": 31}),
        ("shigu", "duty_roster_gap", {}),
        ("shigu", "party_member_category_missing", {}),
        ("chengdong", "three_party_cross_appointment_gap", {"min_links": 2}),
        ("chengdong", "grid_chain_incomplete", {"levels": ["quarter", "building", "unit"]}),
        ("tongchuan", "quarter_without_owners_committee", {}),
        ("tongchuan", "two_committee_member_not_in_owners_committee", {}),
        ("tongchuan", "concurrent_post_paid", {}),
        ("tongchuan", "quarter_without_property_service", {"accept": ["contract", "community", "self"]}),
        ("tongchuan", "quarter_outside_service_circle", {"walk_minutes": 15.0, "inner_walk_minutes": 5.0}),
        ("danshui", "big_committee_parttime_count_out_of_range", {"min": 1, "max": 9}),
        (
            "danshui",
            "parttime_commissioner_ineligible",
            {"allowed_categories": ["unit_party_head", "owners_committee_member", "project_manager"]},
        ),
        ("danshui", "big_committee_category_gap", {}),
        ("danshui", "need_without_resource_path", {}),
        ("danshui", "member_unit_without_resource", {}),
        ("tianyuan", "secretary_chair_cross_appointment_missing", {}),
        ("tianyuan", "property_company_without_party_org", {"sector_counts": True}),
        ("tianyuan", "party_member_category_missing", {}),
    ],
)
def test_a_place_applies_what_its_document_describes(
    place: str, rule: str, params: dict[str, object]
) -> None:
    """Each mechanism that a document describes switches its rule on, with its figures."""
    applied = Profiles.load(CATALOGUE)[place].rule(rule, date(2025, 6, 30))
    assert applied.on
    assert applied.params.items() >= params.items()


@pytest.mark.parametrize(
    ("city", "rule", "severity", "params"),
    [
        (
            "beijing",
            "owners_committee_size_invalid",
            "violation",
            {"min": 5, "max_enforced": False, "small_min": 3, "small_if_households_below": 101},
        ),
        ("beijing", "owners_committee_term_expired", "violation", {"report_before_months": 6}),
        (
            "shanghai",
            "owners_committee_size_invalid",
            "violation",
            {"small_if_floor_area_at_most": 10000, "small_if_households_below": 0},
        ),
        (
            "shanghai",
            "owners_committee_term_expired",
            "violation",
            {"min_term_years": 3, "max_term_years": 5, "report_before_months": 5},
        ),
        ("hangzhou", "coi_owners_committee_property_staff", "warning", {}),
        (
            "huzhou",
            "coi_owners_committee_property_staff",
            "violation",
            {"kinds": ["employee", "seconded", "shareholder"]},
        ),
        ("qingyuan", "coi_owners_committee_property_staff", "violation", {"affiliates": True}),
        ("qingdao", "owners_committee_size_invalid", "violation", {"min": 3}),
        ("qingdao", "owners_committee_term_expired", "violation", {"report_before_days": 60}),
        ("ningbo", "concurrent_post_paid", "violation", {}),
        ("zibo", "owners_committee_quorum_lost", "violation", {"num": 2, "den": 3}),
        ("zibo", "owners_committee_size_invalid", "violation", {"min": 5, "odd": True}),
        ("zibo", "owners_committee_term_expired", "violation", {"report_before_days": 60}),
        (
            "weifang",
            "owners_committee_size_invalid",
            "violation",
            {"min": 5, "max": 11, "odd": True, "max_enforced": True},
        ),
        ("weifang", "owners_committee_term_expired", "violation", {"report_before_days": 90}),
        ("qingdao", "owners_committee_term_expired", "violation", {"extension_max_years": 5}),
        ("shandong", "owners_committee_term_expired", "violation", {"extension_max_years": 0}),
        (
            "hangzhou",
            "owners_committee_size_invalid",
            "violation",
            {"small_min": 3, "small_if_households_below": 101},
        ),
        *(
            (city, "owners_committee_quorum_lost", "violation", {"num": 1, "den": 2})
            for city in ("shanghai", "huzhou", "shaoxing", "hangzhou", "qingdao")
        ),
    ],
)
def test_a_city_applies_its_own_regulation(
    city: str, rule: str, severity: str, params: dict[str, object]
) -> None:
    """Sizes, terms, windows and bars of the regulations that were read, inherited by districts."""
    applied = Profiles.load(CATALOGUE)[city].rule(rule, date(2025, 6, 30))
    assert applied.severity == severity
    assert applied.params.items() >= params.items()


def test_a_check_for_2019_uses_what_was_in_force_in_2019() -> None:
    """Later texts do not count: neither the district's of 2022 nor a national one of 2020."""
    profiles = Profiles.load(CATALOGUE)
    ratio = profiles["shigu"].rule("owners_committee_party_ratio_low", date(2019, 6, 30))
    assert (ratio.severity, ratio.params) == ("info", {"num": 1, "den": 2})
    heads = "party_member_head_not_parttime_commissioner"
    assert not profiles["shigu"].rule(heads, date(2019, 6, 30)).on
    assert profiles["shigu"].rule(heads, date(2021, 6, 30)).on
    owner = "owners_committee_member_not_owner"
    assert [profiles["shigu"].rule(owner, date(y, 6, 30)).on for y in (2017, 2019)] == [False, True]


def test_no_seed_province_makes_the_bar_on_property_staff_a_violation() -> None:
    """R27 is local law; where the article was not verified it is a warning."""
    for profile in Profiles.load(CATALOGUE):
        applied = profile.rule("coi_owners_committee_property_staff", date(2025, 6, 30))
        if profile.name in ("national", *PLACES):
            assert applied.severity == "warning"


def test_a_place_overrides_its_parent(tmp_path: Path) -> None:
    """Parameters and severity of the place stand over the inherited ones; who set what is kept."""
    local = profiles(tmp_path, national=NATIONAL, local=LOCAL)["local"]
    applied = local.rule(RATIO, date(2025, 1, 1))
    assert (applied.on, applied.severity, applied.params) == (True, "warning", {"num": 3, "den": 5})
    assert applied.set_by == {"on": "national", "severity": "local", "num": "local", "den": "local"}
    assert applied.source == "national"


def test_a_rule_may_change_over_the_years(tmp_path: Path) -> None:
    """An array of tables: what held one after the other; ends are exclusive."""
    table = f"[[rules.{RATIO}]]\n"
    text = NATIONAL.split("[rules", maxsplit=1)[0] + (
        f"{table}on = true\nparams = {{ num = 1, den = 3 }}\nuntil = 2020-01-01\n"
        f"{table}on = true\nparams = {{ num = 1, den = 2 }}\nsince = 2020-01-01\n"
    )
    national = profiles(tmp_path, national=text)["national"]
    assert national.rule(RATIO, date(2019, 12, 31)).params == {"num": 1, "den": 3}
    applied = national.rule(RATIO, date(2020, 1, 1))
    assert (applied.params, applied.origins["num"].since) == ({"num": 1, "den": 2}, date(2020, 1, 1))


@pytest.mark.parametrize("name", ["shigu", "衡阳市石鼓区", "衡阳石鼓", "石鼓"])
def test_a_profile_is_found_by_its_names(name: str) -> None:
    """File name, title, and a short form of the title."""
    assert Profiles.load(CATALOGUE)[name].name == "shigu"


def test_every_setting_is_explained_with_where_it_comes_from(tmp_path: Path) -> None:
    """A row per setting: who set it, since when; what no one set is the rule's own default."""
    known = profiles(tmp_path, national=NATIONAL, local=LOCAL)
    rows = explain_profile(known["local"], known, CATALOGUE, date(2025, 1, 1), RATIO)
    found = {r["setting"]: (r["value"], r["profile"], r["since"]) for r in rows}
    assert found == {
        "on": (True, "national", None),
        "severity": ("warning", "local", date(2022, 9, 19)),
        "num": (3, "local", date(2022, 9, 19)),
        "den": (5, "local", date(2022, 9, 19)),
    }
    other = explain_profile(known["local"], known, CATALOGUE, date(2025, 1, 1), "secretary_chair_not_unified")
    assert {r["profile"] for r in other if r["setting"] == "mode"} == {None}


def test_a_setting_holds_from_its_day_on(tmp_path: Path) -> None:
    """Before the place's own text was in force the inherited setting applies."""
    local = profiles(tmp_path, national=NATIONAL, local=LOCAL)["local"]
    assert local.rule(RATIO, date(2022, 9, 18)).params == {"num": 1, "den": 2}
    assert local.rule(RATIO, date(2022, 9, 19)).params == {"num": 3, "den": 5}


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        (LOCAL.replace(RATIO, "no_such_rule"), "local.toml:6: rules.no_such_rule: no such file"),
        (LOCAL.replace("num = 3", "number = 3"), "local.toml:6: rules." + RATIO),
        (LOCAL.replace("num = 3", 'num = "three"'), "parameter num is 'three'"),
        (LOCAL.replace('"warning"', '"violation"'), "severity violation not in"),
        (LOCAL.replace('"warning"', '"grave"'), "local.toml:7:"),
        (LOCAL.replace('"national"', '"nobody"'), "inherits nobody"),
        (LOCAL.replace('"national"', '"local"'), "inherits local"),
        (LOCAL.replace("area =", "aera ="), "local.toml:4: aera"),
        (LOCAL.replace("num = 3", 'area = "1", num = 3'), "as_of and area are not settings"),
        (LOCAL + "[rules", "local.toml:"),
    ],
)
def test_a_mistake_in_a_profile_is_told_with_its_line(spoiled: str, said: str, tmp_path: Path) -> None:
    """Unknown rules, parameters, keys, types, severities and parents are refused."""
    with pytest.raises(CatalogueError) as caught:
        profiles(tmp_path, national=NATIONAL, local=spoiled)
    assert said in caught.value.zh


def test_an_unknown_profile_is_not_found() -> None:
    """A name that no file has is `NotFound`."""
    with pytest.raises(NotFound):
        Profiles.load(CATALOGUE)["nowhere"]


def test_a_dimension_asks_for_what_the_rule_of_its_place_asks_for() -> None:
    """石鼓 meets monthly and has 60 %, in rule and coverage; elsewhere a quarter and one half."""
    profiles = Profiles.load(CATALOGUE)
    day = date(2025, 6, 30)
    for place, period, share in (("shigu", 31, (3, 5)), ("tianyuan", 90, (1, 2))):
        meeting = profiles[place].dimension(CATALOGUE["joint_meeting"], day)
        ratio = profiles[place].dimension(CATALOGUE["oc_party_ratio"], day)
        assert meeting["period"] == period
        assert (ratio["num"], ratio["den"]) == share
    for query in CATALOGUE.folder("coverage"):
        rule, names = query.dimension.like, query.dimension.shared
        if rule is not None:
            assert set(names) <= {p.name for p in query.parameters}
            assert set(names.values()) <= {p.name for p in CATALOGUE[rule].parameters}


def test_what_a_rule_settles_is_not_settled_again_for_its_dimension(tmp_path: Path) -> None:
    """Two thresholds for one thing are refused."""
    twice = LOCAL + "\n[coverage.oc_party_ratio]\nparams = { num = 1 }\n"
    with pytest.raises(CatalogueError, match="num is set by rules"):
        profiles(tmp_path, national=NATIONAL, local=twice)


def test_the_practice_of_one_community_is_no_setting_of_its_district() -> None:
    """通川's pilot and 城东's micro-complex are each stated of one community."""
    profiles = Profiles.load(CATALOGUE)
    for place, area in (("tongchuan", "511702005-shilongxi"), ("chengdong", "630102-yucailu")):
        assert profiles[place].file.area == area


def test_no_rule_credits_a_document_with_what_it_does_not_say() -> None:
    """相互制约 is 石鼓's; 双报到 is in no document; 石鼓 speaks of no registration at all."""
    overlap = CATALOGUE["supervision_body_overlap"].header.tags["source"]
    assert "石鼓区" in overlap
    assert "石龙溪" not in overlap
    for name in ("double_report_gap", "party_member_activation", "closer_home_organization"):
        source = CATALOGUE[name].header.tags["source"]
        assert "石鼓" not in source
        assert "党员双报到" not in source
    eligible = Profiles.load(CATALOGUE)["danshui"].rule("parttime_commissioner_ineligible", date(2025, 6, 30))
    assert not {"police", "medical"} & set(eligible.params["allowed_categories"])
    assert "police" not in eligible.source
