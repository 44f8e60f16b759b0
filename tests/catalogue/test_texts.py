"""The texts under the profiles: their days, their articles, and how far each was verified."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from graph.catalogue import Catalogue
from graph.catalogue.profile_files import RuleSetting
from graph.catalogue.profile_rows import explain_profile
from graph.catalogue.profiles import Profile, Profiles
from graph.catalogue.texts import DATED, MARKS, Basis, cite_en, cite_zh, mark_of
from graph.errors import CatalogueError

CATALOGUE = Catalogue.load()
PROFILES = Profiles.load(CATALOGUE)
TEXTS = PROFILES.texts
NEW_LAW = date(2026, 1, 1)
DAYS = [
    date(2018, 12, 28),
    date(2019, 6, 30),
    date(2022, 3, 1),
    date(2025, 12, 31),
    NEW_LAW,
    date(2030, 1, 1),
]
UNREAD = ("hunan", "sichuan", "qinghai", "guangdong")


def settings() -> Iterator[tuple[Profile, str, RuleSetting]]:
    """Every setting of every profile of the product."""
    for profile in PROFILES:
        for section in (profile.file.rules, profile.file.coverage):
            for name, versions in section.items():
                for setting in versions:
                    yield profile, name, setting


def test_every_setting_names_its_texts_and_says_so_in_both_languages() -> None:
    """Title, article, days, how verified: of each setting, in Chinese and in English."""
    for profile, name, setting in settings():
        where = profile.name, name
        assert setting.source, where
        assert setting.source_zh, where
        basis = setting.basis or profile.file.basis
        assert basis, where
        for each in basis:
            assert TEXTS[each.text].title in cite_zh(each, TEXTS), where
            assert TEXTS[each.text].title_en in cite_en(each, TEXTS), where


@pytest.mark.parametrize("day", [date(2025, 12, 31), NEW_LAW])
def test_every_setting_is_shown_with_texts_days_and_mark(day: date) -> None:
    """Of every rule of every profile; what no profile sets reads as a default, never as the file's law."""
    defaults = 0
    for profile in PROFILES:
        for row in explain_profile(profile, PROFILES, CATALOGUE, day):
            where = profile.name, row["code"], row["setting"]
            assert row["verified"] in MARKS, where
            assert row["texts"], where
            for text, english in zip(row["texts"], row["texts_en"], strict=True):
                assert any(zh in text and en in english for zh, en in MARKS.values()), where
                if "《" in text and MARKS["S"][0] not in text:
                    assert "起" in text or "施行日未核实" in text, where
            assert row["source"], where
            assert re.search("[\u4e00-\u9fff]", row["source_zh"]), where
            if row["profile"] is None:
                defaults += 1
                assert (row["verified"], row["since"], row["until"]) == ("E", None, None), where
                assert "Art." not in row["source"] + row["source_zh"], where
    assert defaults > 100


def test_no_profile_shows_a_text_past_its_end() -> None:
    """On no day does a rule rest on a text that is no longer in force."""
    seen = 0
    for profile in PROFILES:
        for rule in CATALOGUE.rules():
            for day in DAYS:
                for basis in profile.rule(rule.name, day).basis:
                    until = TEXTS[basis.text].until
                    seen += until is not None
                    assert until is None or day < until, (profile.name, rule.name, day, basis)
    assert seen > 100  # texts with an end are shown before it


def test_a_text_has_a_day_of_effect_or_the_words_that_it_was_not_verified() -> None:
    """A citation of a law or regulation says since when, or that this is not known."""
    for profile, name, setting in settings():
        for basis in setting.basis or profile.file.basis:
            text = TEXTS[basis.text]
            if text.kind not in DATED:
                continue
            cited, english = cite_zh(basis, TEXTS), cite_en(basis, TEXTS)
            if text.since is not None:
                assert f"{text.since}起" in cited, name
            else:
                assert "施行日未核实" in cited, name
                assert "day of effect not verified" in english, name
                assert (text.version or "未载日期") in cited, name


@pytest.mark.parametrize(
    ("place", "since"),
    [
        ("shanghai", date(2020, 12, 30)),
        ("beijing", date(2024, 3, 29)),
        ("hangzhou", date(2022, 3, 1)),
        ("ningbo", date(2022, 4, 1)),
        ("huzhou", date(2021, 5, 1)),
        ("shaoxing", date(2021, 1, 1)),
        ("taizhou", date(2021, 5, 1)),
        ("zhoushan", date(2019, 9, 1)),
        ("shandong", date(2021, 12, 3)),
        ("qingdao", date(2021, 5, 1)),
        ("zibo", date(2021, 12, 1)),
        ("weifang", date(2022, 3, 1)),
        ("qingyuan", date(2023, 2, 1)),
        ("hainan", None),
    ],
)
def test_a_local_regulation_holds_from_its_own_day(place: str, since: date | None) -> None:
    """The profile begins with the text: its day of effect, or the day of the text that was read."""
    file = PROFILES[place].file
    assert file.since == since
    if since is not None:
        basis = file.rules["owners_committee_size_invalid" if place != "qingyuan"
                           else "coi_owners_committee_property_staff"][0].basis[0]  # fmt: skip
        text = TEXTS[basis.text]
        assert since in (text.since, date.fromisoformat(text.version or "0001-01-01")
                         if text.since is None else None)  # fmt: skip
        rule = (
            "coi_owners_committee_property_staff" if place == "qingyuan" else "owners_committee_size_invalid"
        )
        before, then = (PROFILES[place].rule(rule, day) for day in (since - timedelta(days=1), since))
        assert place not in before.set_by.values()
        assert then.set_by["severity"] == place


@pytest.mark.parametrize("province", UNREAD)
def test_what_was_not_read_never_reads_as_law(province: str) -> None:
    """No article of the province's regulation, no violation from it, and the mark says so."""
    for place in (p for p in PROFILES if any(name == province for name, _ in p.chain)):
        if place.name == "qingyuan":
            continue
        rows = explain_profile(place, PROFILES, CATALOGUE, NEW_LAW, "R27")
        severity = next(row for row in rows if row["setting"] == "severity")
        assert (severity["value"], severity["verified"]) == ("warning", "N")
        assert all("未核实" in text and "条（" not in text for text in severity["texts"])
    for basis in (b for _, _, s in settings() for b in s.basis):
        if mark_of(basis, TEXTS) == "N":
            assert basis.article is None


def test_violations_of_law_rest_on_a_text_that_was_read() -> None:
    """Where the first text is not a verified one, a profile sets no violation, invented ones apart."""
    for profile, name, setting in settings():
        if setting.severity == "violation" and setting.on:
            first = (setting.basis or profile.file.basis)[0]
            text = TEXTS[first.text]
            read = mark_of(first, TEXTS) in ("V1", "V2")
            assert read or text.kind == "invented" or name.startswith("triple_hat"), (profile.name, name)


READ = {
    "支部工作条例": "4 12 13 23",
    "选举工作条例": "3 5",
    "基层组织工作条例": "5 6 7",
    "党员教育管理工作条例": "25",
    "城市居民委员会组织法": "3 6 7 8 10 14 16 36",
    "物业管理条例": "9 10 15 16 20",
    "指导规则": "31 32 33",
    "民法典": "277 278 939 940 946 947 948 1045 1259",
    "公务员法": "44 59 74",
    "北京市物业管理条例": "3 39 40 41 43 48 49 54 58",
    "上海市住宅物业管理规定": "6 20 23 28 32",
    "上海市居民委员会工作条例": "20 23",
    "绍兴市物业管理条例": "3 18 19 24",
    "台州市物业管理条例": "19 20 27 29",
    "宁波市住宅小区物业管理条例": "29 30 34 36 38",
    "网格化服务管理条例": "7",
}
"""The articles that were read, by the end of the title: no file may name another."""
CITED = re.compile(
    r"(?P<title>[\u4e00-\u9fff]+(?:条例|规定|规则|法典|组织法|员法))(?:（试行）)?(?: \(\d{4}\))?,? "
    r"Art\. (?P<articles>\d+(?:\(\d+\))?(?:(?:, | and )\d+(?:\(\d+\))?)*)"
)
MARKED = re.compile(r"\bread\b|public page|transcription|not verified")


def cited(source: str) -> Iterator[tuple[str, int]]:
    """Title and number of each article that a source names."""
    for found in CITED.finditer(source):
        for article in re.split(", | and ", found["articles"]):
            yield found["title"], int(article.partition("(")[0])


def test_every_article_in_every_file_was_read() -> None:
    """Rules, dimensions, closers, candidates, queries: each article is one of those that were seen."""
    seen = set()
    for query in CATALOGUE:
        for title, number in cited(query.header.source):
            end = max((t for t in READ if title.endswith(t)), key=len, default=None)
            assert end is not None, (query.name, title)
            assert str(number) in READ[end].split(), (query.name, title, number)
            seen.add((end, number))
    assert {("支部工作条例", 4), ("支部工作条例", 13), ("城市居民委员会组织法", 36), ("民法典", 277)} <= seen
    assert len(seen) > 25


def test_every_file_says_how_its_articles_were_read() -> None:
    """A source with an article has the words for it; a text that was replaced is named with its successor."""
    for query in CATALOGUE:
        source = query.header.source
        if "Art." in source:
            assert MARKED.search(source), (query.name, source)
        if "(2018)" in source and "城市居民委员会组织法" in source:
            assert "(2025)" in source, query.name
            assert "2026-01-01" in source, query.name
    grid = next(q for q in CATALOGUE.rules() if q.rule.code == "R39")
    assert grid.rule.verified == "S"  # the law read is about who may be a grid worker


@pytest.mark.parametrize(
    ("code", "before", "since"),
    [
        ("R22", ("8", "residents_2018"), ("8(3), 14, 16", "residents_2025")),
        ("R29", ("15, 20", "property_management"), ("15, 20", "property_management")),
        ("R32", (None, "not_found"), ("36", "residents_2025")),
        ("R42", (None, "local_practice"), ("8(3)", "residents_2025")),
        ("R49", ("7", "residents_2018"), ("8(1)", "residents_2025")),
        ("R50", (None, "not_found"), ("8(2)", "residents_2025")),
        ("R51", (None, "not_found"), ("8(2)", "residents_2025")),
        ("R52", ("6", "residents_2018"), ("3", "residents_2025")),
        ("R53", ("8", "residents_2018"), ("14", "residents_2025")),
        ("R54", (None, "not_found"), ("36", "residents_2025")),
        ("R12", ("32", "owners_guidelines"), ("32", "owners_guidelines")),
        ("R16", ("16", "property_management"), ("16", "property_management")),
        ("R41", ("25", "member_education"), ("25", "member_education")),
        ("R45", (None, "staffing_plans"), (None, "default")),
    ],
)
def test_the_law_on_residents_committees_changes_with_2026(
    code: str, before: tuple[str | None, str], since: tuple[str | None, str]
) -> None:
    """The 2018 text holds to the end of 2025, the 2025 revision from the first of January 2026."""
    name = next(q.name for q in CATALOGUE.rules() if q.rule.code == code)
    national = PROFILES["national"]
    old, new = (national.rule(name, day).basis[0] for day in (date(2025, 12, 31), NEW_LAW))
    assert ((old.article, old.text), (new.article, new.text)) == (before, since)


def test_what_the_law_of_2026_sets() -> None:
    """R22 asks for no home, R32 is a violation with kin, R50, R51 and R54 are on, sizes are new."""
    national = PROFILES["national"]
    names = {q.rule.code: q.name for q in CATALOGUE.rules()}
    old, new = (
        {code: national.rule(name, day) for code, name in names.items()}
        for day in (date(2025, 12, 31), NEW_LAW)
    )
    assert (old["R22"].params["resident_required"], new["R22"].params["resident_required"]) == (True, False)
    assert (old["R32"].severity, new["R32"].severity) == ("warning", "violation")
    assert (old["R32"].params["kin_scope"], new["R32"].params["kin_scope"]) == ("none", "near_relatives")
    for code in ("R50", "R51", "R54"):
        assert (old[code].on, new[code].on) == (False, True)
    for code in ("R49", "R52", "R53"):
        assert (old[code].on, new[code].on) == (True, True)
    assert (old["R52"].params, new["R52"].params) == ({"min": 100, "max": 700}, {"min": 1000, "max": 3000})
    assert not national.rule(names["R49"], date(2018, 12, 28)).on
    assert new["R12"].severity == "warning"


NATIONAL = """title = "N"
title_zh = "国"
[rules.owners_committee_quorum_lost]
on = true
until = 2026-01-01
basis = [{ text = "old", article = "8" }]
"""
REGISTER = """[old]
title = "旧法"
title_en = "Old law"
kind = "law"
verified = "V1"
until = 2026-01-01
[unread]
title = "未读"
title_en = "Unread"
kind = "law"
verified = "N"
"""


def load(folder: Path, national: str, register: str = REGISTER) -> Profiles:
    (folder / "law").mkdir()
    (folder / "law" / "texts.toml").write_text(register, "utf-8")
    (folder / "national.toml").write_text(national, "utf-8")
    return Profiles.load(CATALOGUE, folder)


@pytest.mark.parametrize(
    ("national", "register", "said"),
    [
        (NATIONAL.replace("until = 2026-01-01\n", ""), REGISTER, "old ends on 2026-01-01"),
        (NATIONAL.replace("until = 2026-01-01", "until = 2026-01-02"), REGISTER, "old ends on 2026-01-01"),
        (NATIONAL.replace('"old"', '"older"'), REGISTER, "no text older in law/texts.toml"),
        (NATIONAL.replace('"old"', '"unread"'), REGISTER, "unread was not verified, so no article"),
        (NATIONAL, REGISTER.replace('"V1"', '"V9"'), "old:"),
        (NATIONAL, REGISTER + "[", "texts.toml"),
    ],
)
def test_a_setting_that_rests_on_no_sound_text_is_refused(
    national: str, register: str, said: str, tmp_path: Path
) -> None:
    """A text past its end, an unknown one, an article that no one read: none is loaded."""
    with pytest.raises(CatalogueError) as caught:
        load(tmp_path, national, register)
    assert said in caught.value.zh


def test_a_text_is_cited_with_article_days_and_mark(tmp_path: Path) -> None:
    """In words for people: title, article, from when to when, how far it was verified."""
    profiles = load(tmp_path, NATIONAL)
    basis = profiles["national"].rule("owners_committee_quorum_lost", date(2025, 1, 1)).basis[0]
    assert cite_zh(basis, profiles.texts) == (
        "《旧法》第8条（施行日未核实，所据文本未载日期，2026-01-01起失效；条文据公开整理文本核对，非公报原件）"
    )
    assert cite_en(Basis(text="unread"), profiles.texts) == (
        "Unread (day of effect not verified, the text read bears no date; "
        "not verified, not to be read as law)"
    )
