"""The command line as its users call it: output in three formats, exit codes, clear sentences."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from graph.private import MASK
from graph.reading.graph import Graph
from tests.cli.running import AS_OF, cobuild, on_loaded
from tests.loading.samples import write_delivery

__all__ = ["cobuild", "on_loaded"]

COMMANDS = {
    "coverage": ("coverage", "--place", "示例区（虚构）"),
    "gaps": ("gaps", "--place", "worked_example"),
    "paths": ("paths", "n-990101-0001"),
    "check": ("check", "--place", "worked_example"),
    "candidates": ("candidates", "--place", "worked_example", "--rule", "R19"),
    "query": ("query", "quarter_coverage", "area=990101000000"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_answer_comes_in_three_formats(name: str, on_loaded: Any) -> None:
    """Table, JSON with the stamp, CSV with a header: the same rows."""
    command = (*COMMANDS[name], *AS_OF)
    table, document, lines = (on_loaded(*command, "--format", f) for f in ("table", "json", "csv"))
    assert (table.code, document.code, lines.code) == (0, 0, 0)
    envelope = document.json[0] if name == "paths" else document.json
    assert "数据版本" in table.out
    assert envelope["stamp"]["as_of"] == "2025-06-30"
    assert envelope["stamp"]["data_version"] > 0
    rows = list(csv.DictReader(io.StringIO(lines.out)))
    part = {"paths": "paths", "candidates": "rows"}.get(name)
    count = len(envelope["data"][part] if part else envelope["data"])
    assert count == len(rows) > 0


def test_csv_keeps_every_digit(on_loaded: Any) -> None:
    """Forty million stay forty million, and an open end is an empty cell."""
    ran = on_loaded("query", "claims", "--place", "通川", "--format", "csv")
    assert "40000000" in {row["value"] for row in csv.DictReader(io.StringIO(ran.out))}
    assert "数据版本" in ran.err
    posts = on_loaded("query", "person_posts", "person=p-441303-0001", "--format", "csv")
    assert {("", "")} == {(row["since"], row["until"]) for row in csv.DictReader(io.StringIO(posts.out))}


def test_place_and_area_mean_the_same(on_loaded: Any) -> None:
    """`--place` is the area of the place; two that differ are refused."""
    by_place = on_loaded("coverage", "--place", "衡阳石鼓", "--format", "json")
    by_area = on_loaded("coverage", "--area", "430407000000", "--format", "json")
    assert by_place.json["data"] == by_area.json["data"]
    differ = on_loaded("coverage", "--place", "衡阳石鼓", "--area", "430211000000")
    assert differ.code == 2
    assert "不是同一辖区" in differ.err


def test_findings_end_with_one_only_where_asked(on_loaded: Any) -> None:
    """Gaps and failed rules are no error by themselves."""
    gaps = ("gaps", "--place", "worked_example", *AS_OF)
    check = ("check", "--place", "worked_example", *AS_OF)
    assert (on_loaded(*gaps).code, on_loaded(*gaps, "--fail").code) == (0, 1)
    assert (on_loaded(*check).code, on_loaded(*check, "--fail-on", "violation").code) == (0, 1)
    silent = on_loaded("check", "--place", "shigu", "--fail-on", "info")
    assert silent.code == 0


def test_persons_are_masked_unless_asked(on_loaded: Any) -> None:
    """A member's name is shown only with --show-personal."""
    command = ("query", "body_members", "body=oc-990101-009", *AS_OF, "--format", "json")
    masked, shown = on_loaded(*command).json, on_loaded(*command, "--show-personal").json
    assert {MASK} == {row["person_name"] for row in masked["data"]}
    assert all(row["person_name"].startswith("示例人") for row in shown["data"])


def test_candidates_come_with_their_gaps(on_loaded: Any) -> None:
    """A table of gaps with their sum in words, a table of persons; one subject alone on request."""
    command = ("candidates", "--area", "990101000000", "--rule", "R19", *AS_OF)
    ran = on_loaded(*command, "--show-personal")
    assert ran.code == 0
    assert "可推荐人选" in ran.out
    assert "示例人" in ran.out
    data = on_loaded(*command, "--format", "json").json["data"]
    subject = data["gaps"][0]["subject"]
    one = on_loaded("candidates", "--subject", subject, "--rule", "R19", *AS_OF, "--format", "json").json[
        "data"
    ]
    assert one["gaps"] == data["gaps"][:1]
    assert {MASK} == {row["candidate"] for row in data["rows"]}


def test_the_catalogue_is_listed(on_loaded: Any) -> None:
    """`query` alone lists every file with its parameters."""
    listed = on_loaded("query", "--format", "json").json["data"]
    assert {"resource_paths", "owners_committee", "claims"} <= {row["name"] for row in listed}


def test_verify_finds_derived_edges_true(on_loaded: Any) -> None:
    """What the import derived equals a recomputation."""
    ran = on_loaded("verify")
    assert (ran.code, "一致" in ran.out) == (0, True)


def test_paths_of_a_silent_place_are_unknown_not_none(on_loaded: Any) -> None:
    """Where no register is complete, no path means not known, with what is missing."""
    ran = on_loaded("paths", "--place", "惠阳淡水", "--format", "json")
    verdicts = {answer["data"]["verdict"] for answer in ran.json}
    assert verdicts <= {"found", "unknown"}
    assert "none" not in verdicts


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("coverage", "--place", "北京"), "没有地方"),
        (("coverage", "--dimension", "weather"), "weather"),
        (("check", "--rule", "R99"), "R99"),
        (("candidates", "--rule", "R15"), "R15"),
        (("candidates", "--subject", "q-990101-999"), "q-990101-999"),
        (("paths", "q-990101-999"), "q-990101-999"),
        (("paths", "n-990101-0001", "--category", "gold"), "gold"),
        (("paths",), "--place"),
        (("query", "nothing_here"), "nothing_here"),
        (("query", "claims"), "area"),
        (("query", "claims", "area"), "名称=值"),
        (("query", "claims", "area=1", "colour=red"), "colour"),
        (("coverage", "--as-of", "yesterday"), "as-of"),
        (("load",), "--all"),
        (("load", "/nowhere"), "manifest.toml"),
    ],
)
def test_wrong_use_is_two_and_a_sentence(arguments: tuple[str, ...], said: str, on_loaded: Any) -> None:
    """Each kind of bad input names what is wrong, without a stack trace."""
    ran = on_loaded(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("environment", "said", "code"),
    [
        ({"COBUILD_PORT": "eighty"}, "COBUILD_PORT", 2),
        ({"COBUILD_HOST": "0.0.0.0"}, "COBUILD_AUTH", 2),
        ({"COBUILD_HEAP": "lots"}, "COBUILD_HEAP", 2),
        ({"NEO4J_URI": "bolt://127.0.0.1:9"}, "无法连接", 3),
        ({"NEO4J_URI": "somewhere"}, "NEO4J_URI", 3),
        ({"NEO4J_URI": "http://127.0.0.1:7474"}, "NEO4J_URI", 3),
        ({"NEO4J_URI": "bolt://127.0.0.1:99999"}, "NEO4J_URI", 3),
        ({"NEO4J_URI": "bolt://me:secret@127.0.0.1:7687"}, "NEO4J_URI", 3),
    ],
)
def test_a_wrong_environment_is_named(
    environment: dict[str, str], said: str, code: int, cobuild: Any, tmp_path: Path
) -> None:
    """The variable, or the server that cannot be reached, is in the sentence."""
    ran = cobuild("coverage", COBUILD_DATA_DIR=str(tmp_path / "data"), **environment)
    assert code == ran.code
    assert said in ran.err
    assert "secret" not in ran.err


def test_an_unwritable_data_folder_is_named(cobuild: Any, tmp_path: Path) -> None:
    """A data folder that is a file cannot be written; the sentence names it."""
    path = tmp_path / "taken"
    path.write_text("x", "utf-8")
    ran = cobuild("coverage", COBUILD_DATA_DIR=str(path))
    assert ran.code == 3
    assert str(path) in ran.err.replace("\n", "")


def test_doctor_tells_versions_engine_and_data(on_loaded: Any) -> None:
    """All is well: every row has a value and nothing to mend."""
    ran = on_loaded("doctor", "--format", "json")
    assert ran.code == 0
    rows = {row["item"]: row for row in ran.json}
    assert {"cobuild", "Python", "neo4j", "数据目录 / data folder", "图引擎 / engine"} <= set(rows)
    assert "shigu" in rows["已导入 / loaded"]["value"]


def test_doctor_says_what_to_mend(cobuild: Any, tmp_path: Path) -> None:
    """An engine that cannot be reached is a row with what to do, and exit code 3."""
    ran = cobuild(
        "doctor", "--format", "json", COBUILD_DATA_DIR=str(tmp_path), NEO4J_URI="bolt://127.0.0.1:9"
    )
    assert ran.code == 3
    assert [r["item"] for r in ran.json if r["mend"]] == ["图引擎 / engine"]


def test_a_load_reports_what_it_did(cobuild: Any, embedded: Graph, tmp_path: Path) -> None:
    """Counts in a line; the same again says so; a rejected one lists its findings."""
    data = str(embedded.settings.data_dir)
    good = str(write_delivery(tmp_path / "good"))
    first = cobuild("load", good, COBUILD_DATA_DIR=data)
    assert (first.code, "新增 17" in first.out) == (0, True)
    again = cobuild("load", good, COBUILD_DATA_DIR=data)
    assert (again.code, "已是最新" in again.out) == (0, True)
    bad = write_delivery(tmp_path / "bad", nodes__Quarter="id,name\nq-1,\n")
    rejected = cobuild("load", str(bad), COBUILD_DATA_DIR=data)
    assert rejected.code == 2
    assert "nodes/Quarter.csv 第 2 行" in rejected.err
    assert "未导入任何内容" in rejected.err


@pytest.mark.parametrize(
    "command", ["run", "load", "coverage", "gaps", "paths", "check", "query", "verify", "doctor"]
)
def test_every_command_has_help(command: str, cobuild: Any) -> None:
    """`--help` explains each command in Chinese and English."""
    ran = cobuild(command, "--help")
    assert ran.code == 0
    assert any("一" <= c <= "鿿" for c in ran.out)


def test_coverage_over_time_and_one_gap(on_loaded: Any) -> None:
    """Months end in a line of bars, changes in counts; a gap names what could close it."""
    area = ("--area", "990101001001", "--dimension", "volunteer_team")
    monthly = on_loaded("coverage", *area, "--monthly", "2025-05", "2025-06")
    assert monthly.code == 0
    assert "2025-06-01" in monthly.out
    assert "→" in monthly.out
    changed = on_loaded(
        "coverage", *area, "--since", "2025-06-30", "--as-of", "2025-06-30", "--format", "json"
    )
    assert json.loads(changed.out)["data"]["rows"] == []
    gap = on_loaded("gap", "volunteer_team", "q-990101-005", "--as-of", "2025-06-30")
    assert gap.code == 0
    assert "R37" in gap.out
    assert "t-990101-001" in gap.out
    both = on_loaded("coverage", *area, "--since", "2025-01-01", "--monthly", "2025-05", "2025-06")
    assert (both.code, "--monthly" in both.err) == (2, True)


@pytest.mark.parametrize("what", ["--progress", "--cancel"])
def test_progress_keeps_to_the_format(what: str, on_loaded: Any) -> None:
    """Programs are given JSON or CSV of how far a preparation is."""
    assert "state" in on_loaded("prepare", what, "--format", "json").json["data"]
    (row,) = csv.DictReader(io.StringIO(on_loaded("prepare", what, "--format", "csv").out))
    assert {"state", "done", "total"} <= set(row)
