"""The command for ad-hoc Cypher, run as an analyst would."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from graph.reading.graph import Graph
from tests.cli.running import cobuild, on_loaded

__all__ = ["cobuild", "on_loaded"]

COUNT = "MATCH (n:Area) RETURN count(n) AS 总数"


def test_a_query_is_answered_in_every_format(on_loaded: Any, tmp_path: Path) -> None:
    """From the command line or a file; JSON lines begin with the columns."""
    listed = "MATCH (n:Area) RETURN n.id AS id, n.name AS name ORDER BY id"
    (tmp_path / "q.cypher").write_text(listed, "utf-8")
    found = on_loaded("cypher", "--file", str(tmp_path / "q.cypher"), "--show-personal", "--format", "json")
    answer = json.loads(found.out)
    assert answer["columns"] == ["id", "name"]
    assert answer["stamp"]["rows"] == len(answer["rows"])
    assert answer["stamp"]["truncated"] is False
    lines = on_loaded("cypher", listed, "--show-personal", "--format", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == [answer["columns"], *answer["rows"]]
    rows = on_loaded("cypher", listed, "--show-personal", "--format", "csv").out
    assert list(csv.reader(io.StringIO(rows))) == [answer["columns"], *answer["rows"]]
    assert "总数" in on_loaded("cypher", COUNT, "--show-personal").out


def test_parameters_are_json_or_text(on_loaded: Any) -> None:
    """Numbers are numbers; what is no JSON is a text."""
    found = on_loaded(
        "cypher",
        "RETURN $n + 1 AS n, $t AS t, $l AS l",
        "--param",
        "n=2",
        "--param",
        "t=甲",
        "--param",
        "l=[1, 2]",
        "--show-personal",
        "--format",
        "jsonl",
    )
    assert json.loads(found.out.splitlines()[1]) == [3, "甲", [1, 2]]
    refused = on_loaded("cypher", "RETURN 1", "--param", "nothing", "--show-personal")
    assert refused.code == 2


@pytest.mark.parametrize(
    "value", [str(2**63), '"\\ud800"', "[" * 40 + "]" * 40, "[" * 100_000, "NaN"], ids=range(5)
)
def test_a_parameter_that_no_engine_takes_is_named(on_loaded: Any, value: str) -> None:
    """With exit code 2, in both languages, before anything is asked."""
    refused = on_loaded("cypher", "RETURN $x AS x", "--param", f"x={value}", "--show-personal")
    assert (refused.code, refused.out) == (2, "")
    assert "参数 x" in refused.err
    assert "parameter x" in refused.err


def test_a_cut_is_said(on_loaded: Any) -> None:
    """The rows that were asked for, and on standard error that there are more."""
    found = on_loaded(
        "cypher", "UNWIND range(1, 50) AS x RETURN x", "--rows", "7", "--show-personal", "--format", "jsonl"
    )
    assert len(found.out.splitlines()) == 8
    assert "截断" in found.err
    whole = on_loaded(
        "cypher", "UNWIND range(1, 7) AS x RETURN x", "--rows", "7", "--show-personal", "--format", "jsonl"
    )
    assert "截断" not in whole.err


def test_without_personal_data_there_is_none(on_loaded: Any) -> None:
    """The query then runs on a copy that does not hold it; what is public is there."""
    names = "MATCH (p:Person) RETURN count(p) AS n, count(p.name) AS names"
    both = [
        on_loaded("cypher", names, *shown, "--format", "jsonl").out.splitlines()[1]
        for shown in ((), ("--show-personal",))
    ]
    masked, shown = (json.loads(row) for row in both)
    assert masked[0] == shown[0] > 0
    assert masked[1] == 0
    assert shown[1] > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("MATCH (n) DELETE n", "--show-personal"), "第 1 行第 11 列"),
        (("RETURN 1", "--rows", "100000000", "--show-personal"), "rows"),
        (("MATCH (n RETURN n", "--show-personal"), "1"),
        (("RETURN 1", "--file", "x.cypher", "--show-personal"), "--file"),
        (("--file", "/nowhere.cypher", "--show-personal"), "nowhere.cypher"),
    ],
)
def test_wrong_use_is_told(on_loaded: Any, arguments: tuple[str, ...], said: str) -> None:
    """With exit code 2 and a sentence in Chinese and English, no stack trace."""
    found = on_loaded("cypher", *arguments)
    assert found.code == 2
    assert said in found.err
    assert "Traceback" not in found.err


def test_a_prompt_answers_one_query_after_the_other(
    on_loaded: Any, loaded: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal: a mistake is reported and the next query asked; the history is the owner's."""
    typed = iter(["RETURN 1 + 1", "AS x;", "RETURN 1 ORDR;", "", f"{COUNT};", "exit"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    found = on_loaded("cypher", "--show-personal", "--format", "jsonl")
    assert found.code == 0
    answers = [json.loads(line) for line in found.out.splitlines()]
    assert answers[:3] == [["x"], [2], ["总数"]]
    assert "第 1 行第 10 列" in found.err
    kept = loaded.settings.data_dir / "cypher_history"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_the_copy_is_kept_for_the_next_question(on_loaded: Any, loaded: Graph) -> None:
    """Not filled again while the data are the same; the second answer is that of the first."""
    first = on_loaded("cypher", COUNT, "--format", "jsonl")
    kept = list(loaded.settings.data_dir.glob("kept_copy/*/complete"))
    assert len(kept) == 1
    before = kept[0].stat().st_mtime_ns
    assert on_loaded("cypher", COUNT, "--format", "jsonl").out == first.out
    assert [p.stat().st_mtime_ns for p in loaded.settings.data_dir.glob("kept_copy/*/complete")] == [before]


def test_words_the_model_lacks_are_told(on_loaded: Any) -> None:
    """On standard error, beside the rows."""
    found = on_loaded("cypher", "MATCH (q:Quater) RETURN q.id AS id", "--show-personal", "--format", "csv")
    assert found.out.strip().lstrip("\ufeff") == "id"
    assert "did you mean Quarter?" in found.err
