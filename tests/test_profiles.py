"""Profiles: resolved over their parents, in force by date, refused with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.errors import CatalogueError, NotFound
from graph.profiles import Profiles

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


@pytest.mark.parametrize("place", ["shigu", "chengdong", "tongchuan", "danshui", "tianyuan"])
def test_every_rule_is_on_in_every_place_with_a_source(place: str) -> None:
    """The nine rules apply everywhere, each setting with its source in both languages."""
    profile = Profiles.load(CATALOGUE)[place]
    for rule in CATALOGUE.folder("rules"):
        applied = profile.rule(rule.name, date(2025, 6, 30))
        assert applied.on, rule.name
        assert applied.source, rule.name
        assert applied.source_zh, rule.name


def test_no_seed_province_makes_the_bar_on_property_staff_a_violation() -> None:
    """R27 is local law; where the article was not verified it is a warning."""
    for profile in Profiles.load(CATALOGUE):
        applied = profile.rule("coi_owners_committee_property_staff", date(2025, 6, 30))
        if profile.name != "worked_example":
            assert applied.severity == "warning"


def test_a_place_overrides_its_parent(tmp_path: Path) -> None:
    """Parameters and severity of the place stand over the inherited ones; who set what is kept."""
    local = profiles(tmp_path, national=NATIONAL, local=LOCAL)["local"]
    applied = local.rule(RATIO, date(2025, 1, 1))
    assert (applied.on, applied.severity, applied.params) == (True, "warning", {"num": 3, "den": 5})
    assert applied.set_by == {"on": "national", "severity": "local", "num": "local", "den": "local"}
    assert applied.source == "national"


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
def test_a_mistake_in_a_profile_is_told_with_its_line(
    spoiled: str, said: str, tmp_path: Path
) -> None:
    """Unknown rules, parameters, keys, types, severities and parents are refused."""
    with pytest.raises(CatalogueError) as caught:
        profiles(tmp_path, national=NATIONAL, local=spoiled)
    assert said in caught.value.zh


def test_an_unknown_profile_is_not_found() -> None:
    """A name that no file has is `NotFound`."""
    with pytest.raises(NotFound):
        Profiles.load(CATALOGUE)["nowhere"]
