"""Reports on the command line: what is printed, what is written, and what is left untouched."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from cli.files import write_whole
from graph.errors import BadParameter
from graph.reports.tables.csv_file import csv_bytes
from tests.cli.running import AS_OF, cobuild, on_loaded

__all__ = ["cobuild", "on_loaded"]

AREA = ("--area", "990101001001")


def test_a_report_comes_in_three_formats(on_loaded: Any) -> None:
    """The same lines as table, JSON with the stamp, and CSV."""
    command = ("report", "--by", "area", *AREA, *AS_OF)
    table, document, lines = (on_loaded(*command, "--format", f) for f in ("table", "json", "csv"))
    assert (table.code, document.code, lines.code) == (0, 0, 0)
    (line,) = document.json["data"]
    assert (line["key"], line["by"]) == ("990101001001", "area")
    assert line["judged"] == line["fail"] + line["waived"] + line["pass"]
    (row,) = csv.DictReader(io.StringIO(lines.out))
    assert row["total"] == str(line["total"])
    assert not lines.out.startswith("\ufeff")
    assert "不符合率" in table.out
    assert "示例社区01" in table.out


def test_a_csv_file_opens_in_excel(on_loaded: Any, tmp_path: Path) -> None:
    """With a byte order mark, whole; what was written and where is reported."""
    path = tmp_path / "汇总.csv"
    ran = on_loaded("report", *AREA, *AS_OF, "--format", "csv", "-o", str(path))
    assert ran.code == 0
    assert str(path) in ran.err.replace("\n", "")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert {row["by"] for row in rows} == {"rule"}
    assert list(tmp_path.iterdir()) == [path]
    refused = on_loaded("report", *AREA, "-o", str(tmp_path / "汇总.txt"))
    assert (refused.code, ".xlsx" in refused.err) == (2, True)


def test_a_workbook_and_a_page_are_written(on_loaded: Any, tmp_path: Path) -> None:
    """The files are there, hold no one's name, and their places are reported."""
    book, page = tmp_path / "报告.xlsx", tmp_path / "oc.html"
    ran = on_loaded("report", *AREA, *AS_OF, "--excel", str(book), "--made-by", "示例科")
    assert (ran.code, "已写入" in ran.err) == (0, True)
    cover = {r[0].value: r[1].value for r in load_workbook(book)["技术说明"].iter_rows()}
    assert (cover["制表人"], cover["统计日期"]) == ("示例科", "2025-06-30")
    ran = on_loaded("report-body", "oc-990101-010", *AS_OF, "--html", str(page))
    assert ran.code == 0
    text = page.read_text("utf-8")
    assert "示例小区010业委会" in text
    assert "示例人" not in text
    document = on_loaded("report-body", "oc-990101-010", *AS_OF, "--format", "json").json
    assert document["data"]["id"] == "oc-990101-010"
    assert sorted(tmp_path.iterdir()) == sorted([book, page])


def test_what_cannot_be_written_leaves_the_old_file(on_loaded: Any, tmp_path: Path) -> None:
    """A folder that is not there, a name that Excel would not open, a body that there is not."""
    old = tmp_path / "old.html"
    old.write_text("before", "utf-8")
    for arguments in (
        ("report", *AREA, *AS_OF, "--excel", str(tmp_path / "no" / "x.xlsx")),
        ("report", *AREA, "--excel", str(tmp_path / "x.csv")),
        ("report-body", "oc-990101-999", "--html", str(old)),
        ("report-body", "oc-990101-010", *AS_OF, "--html", str(tmp_path)),
    ):
        ran = on_loaded(*arguments)
        assert ran.code == 2, arguments
        assert "Traceback" not in ran.err
    assert old.read_text("utf-8") == "before"
    assert list(tmp_path.iterdir()) == [old]


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    """The mode stays, a link is followed, nothing is left beside it."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link.symlink_to(real)
    assert write_whole(link, b"new") == real.resolve()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)
    assert link.is_symlink()
    with pytest.raises(BadParameter):
        write_whole(tmp_path, b"x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link", "real"]


def test_no_text_of_a_csv_file_is_a_formula() -> None:
    """Excel runs what begins with these signs; numbers keep theirs."""
    rows = [{"a": value, "b": -1.5} for value in ("=1", "+1", "-1", "@x", "甲", None)]
    found = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"))))
    assert [row[0] for row in found[1:]] == ["'=1", "'+1", "'-1", "'@x", "甲", ""]
    assert {row[1] for row in found[1:]} == {"-1.5"}


def test_two_days_are_compared(on_loaded: Any, tmp_path: Path) -> None:
    """Counts and rows agree; exit code 1 only where asked; a kept run may be a side."""
    command = ("compare", "2025-01-01", "2025-06-30", *AREA)
    document = on_loaded(*command, "--format", "json").json["data"]
    new = [row for row in document["rows"] if row["change"] == "new"]
    assert len(new) == sum(line["new"] for line in document["counts"]) > 0
    table = on_loaded(*command, "--fail")
    assert table.code == 1
    assert f"新增 {len(new)} 项" in table.out
    kept = on_loaded("runs", "--keep", "半年", "--by", "示例科", *AREA, *AS_OF, "--format", "json")
    run = kept.json["data"][0]["id"]
    assert run in {row["id"] for row in on_loaded("runs", "--format", "json").json["data"]}
    same = on_loaded("compare", run, "2025-06-30", "--fail", "--format", "json")
    assert same.code == 0
    assert {row["change"] for row in same.json["data"]["rows"]} <= {"staying"}
    path = tmp_path / "diff.json"
    assert on_loaded(*command, "--format", "json", "-o", str(path)).code == 0
    assert json.loads(path.read_text("utf-8"))["data"]["counts"] == document["counts"]


def test_the_calendar_is_by_month(on_loaded: Any) -> None:
    """Months are headings, persons are masked; nothing to list is said."""
    where = ("--place", "worked_example", *AS_OF)
    rows = on_loaded("calendar", "--days", "180", *where, "--format", "json").json["data"]
    table = on_loaded("calendar", "--days", "180", *where)
    assert all(f"{row['month']}（" in table.out for row in rows)
    assert "示例人" not in table.out
    assert "没有记录届满" in on_loaded("calendar", "--days", "1", "--place", "shigu", *AS_OF).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--place", "北京"), "没有地方"),
        (("report", "--by", "person"), "--by"),
        (("calendar", "--days", "0"), "days"),
        (("compare", "yesterday"), "from"),
        (("compare", "0" * 24), "核查记录"),
        (("runs", "--keep", " "), "title"),
        (("report-body", "p-990101-0001"), "p-990101-0001"),
    ],
)
def test_wrong_use_is_two_and_a_sentence(arguments: tuple[str, ...], said: str, on_loaded: Any) -> None:
    """Each names what is wrong, without a stack trace."""
    ran = on_loaded(*arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["report", "report-body", "compare", "runs", "calendar"])
def test_every_command_has_help(command: str, cobuild: Any) -> None:
    """`--help` explains each command in Chinese."""
    ran = cobuild(command, "--help")
    assert ran.code == 0
    assert any("一" <= c <= "鿿" for c in ran.out)
