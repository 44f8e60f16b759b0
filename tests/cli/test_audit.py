"""`cobuild audit`: reading, exporting, verifying and pruning the audit trail."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from cli.audit_entry import CHANGING
from cli.main import FAULT, make_app
from graph.ledger import Entry, Ledger
from graph.reading.graph import Graph
from tests.cli.running import cobuild

__all__ = ["cobuild"]

DAY = datetime(2025, 6, 30, 12, tzinfo=UTC)
COUNT = 5


@pytest.fixture
def audit(cobuild: Any, tmp_path: Path) -> Callable[..., Any]:
    """Runs `cobuild audit …` on a trail of five entries, one a day; no engine is started."""

    async def fill() -> None:
        ledger = Ledger(tmp_path)
        for number in range(COUNT):
            await ledger.audit.append(
                Entry(
                    DAY + timedelta(days=number),
                    f"u{number}",
                    "GET /api/v1/gaps",
                    via="key",
                    parameters={"place": "示例"},
                    personal=number == 3,
                    reason="=1+1",
                )
            )
        await ledger.close()

    with asyncio.Runner() as runner:
        runner.run(fill())
    return lambda *words: cobuild("audit", *words, COBUILD_DATA_DIR=str(tmp_path))


def seqs(ran: Any) -> list[int]:
    return [row["seq"] for row in ran.json]


def test_the_last_entries_are_listed(audit: Any) -> None:
    """By number, the last so many, those that are asked for."""
    as_json = ("--format", "json")
    assert seqs(audit("list", *as_json)) == [1, 2, 3, 4, 5]
    assert seqs(audit("list", "--limit", "2", *as_json)) == [4, 5]
    assert seqs(audit("list", "--who", "u1", *as_json)) == [2]
    assert seqs(audit("list", "--personal", *as_json)) == [4]
    assert seqs(audit("list", "--no-personal", *as_json)) == [1, 2, 3, 5]
    assert seqs(audit("list", "--what", "POST", *as_json)) == []
    assert seqs(audit("list", "--since", "2025-07-01", "--until", "2025-07-03", *as_json)) == [2, 3]
    assert "示例" in audit("list").out


def test_an_export_is_whole_and_harmless(audit: Any, tmp_path: Path) -> None:
    """Every entry with every field; in CSV no text is a formula."""
    file = tmp_path / "trail.csv"
    assert audit("export", "-o", str(file)).code == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["seq"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert {row["reason"] for row in rows} == {"'=1+1"}
    assert json.loads(rows[0]["parameters"]) == {"place": "示例"}
    assert rows[0]["at"] == "2025-06-30T12:00:00.000000+00:00"
    lines = audit("export", "--who", "u4").out.splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["=1+1"]


def test_an_export_that_fails_leaves_the_old_file(audit: Any, tmp_path: Path) -> None:
    """Half a file is never left in its place."""
    file = tmp_path / "trail.jsonl"
    file.write_text("old")
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("DROP TRIGGER audit_kept")
        connection.execute("UPDATE audit SET parameters = '{' WHERE seq = 4")
    connection.close()
    ran = audit("export", "-o", str(file))
    assert (ran.code, "JSONDecodeError" in ran.err) == (FAULT, True)
    assert file.read_text() == "old"
    assert [p.name for p in tmp_path.glob("*.part")] == []


def test_the_chain_is_verified(audit: Any, tmp_path: Path) -> None:
    """The head is printed to be noted; a noted head is asked for; a change is exit code 1."""
    ran = audit("verify")
    head = ran.out.split()[-1]
    assert (ran.code, head.partition(":")[0]) == (0, "5")
    assert audit("verify", "--head", head).code == 0
    other = audit("verify", "--head", f"5:{'0' * 64}")
    assert (other.code, "5" in other.err) == (1, True)
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("DROP TRIGGER audit_kept")
        connection.execute("UPDATE audit SET reason = 'x' WHERE seq = 2")
    connection.close()
    ran = audit("verify")
    assert (ran.code, "第 2 条" in ran.err) == (1, True)
    assert audit("verify", "--format", "json").json["first_bad_seq"] == 2
    refused = audit("prune", "--before", "2025-07-02", "--yes")
    assert (refused.code, len(audit("list", "--format", "json").json)) == (1, COUNT)


def test_old_entries_are_pruned_on_record(audit: Any) -> None:
    """Only with --yes; the chain holds afterwards, and the pruning is in it."""
    asked = audit("prune", "--before", "2025-07-02")
    assert (asked.code, "2" in asked.err) == (2, True)
    assert audit("prune", "--before", "2025-07-02", "--yes").code == 0
    rows = audit("list", "--format", "json").json
    assert [row["seq"] for row in rows] == [3, 4, 5, 6]
    assert rows[-1]["what"] == "cobuild audit prune"
    assert rows[-1]["parameters"]["removed"] == 2
    assert audit("verify").code == 0


def test_six_months_are_kept_unless_said(audit: Any) -> None:
    """A date that is too late is refused with the latest that will do."""
    today = datetime.now().date()
    late = audit("prune", "--before", str(today - timedelta(days=183)), "--yes")
    assert (late.code, "--keep-less" in late.err) == (2, True)
    future = audit("prune", "--before", str(today + timedelta(days=1)), "--keep-less", "--yes")
    assert future.code == 2
    assert audit("prune", "--before", str(today), "--keep-less", "--yes").code == 0
    assert [row["parameters"]["keep_less"] for row in audit("list", "--format", "json").json] == [True]


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "--head", "5"),
        ("verify", "--head", "x:0"),
        ("export", "--format", "json"),
        ("export", "-o", "trail.xlsx"),
        ("export", "-o", "trail.csv", "--format", "jsonl"),
    ],
)
def test_wrong_use_is_told(audit: Any, words: tuple[str, ...]) -> None:
    """Exit code 2, and nothing printed."""
    ran = audit(*words)
    assert (ran.code, ran.out) == (2, "")


def test_what_shows_personal_data_is_on_record(
    cobuild: Any, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the reason, from the option or the environment; masked reading is not."""
    if graph.settings.neo4j_uri is not None:
        pytest.skip("the ledger is the same beside both engines")
    environment = {"COBUILD_DATA_DIR": str(graph.settings.data_dir)}
    assert cobuild("gaps", **environment).code == 0
    assert cobuild("--reason", "核对", "gaps", "--show-personal", **environment).code == 0
    assert cobuild("cypher", "RETURN 1 AS x", "--show-personal", COBUILD_REASON="统计").code == 0
    listed = cobuild("audit", "list", "--format", "json", **environment).json
    shown = [(row["what"], row["personal"], row["reason"]) for row in listed]
    assert shown == [("cobuild gaps", True, "核对"), ("cobuild cypher", True, "统计")]
    assert "RETURN 1 AS x" in listed[1]["parameters"]["arguments"]
    assert listed[0]["who"].startswith("local:")
    monkeypatch.delenv("COBUILD_REASON")


def test_commands_on_record_are_commands() -> None:
    """A name that no command has would record nothing."""
    assert set(get_command(make_app()).commands) >= CHANGING
