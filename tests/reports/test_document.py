"""The report that one hands in: one composition as workbook, Word and PDF, and evidence in words."""

from __future__ import annotations

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl import load_workbook

from graph.errors import EnvironmentFault
from graph.model import label_of
from graph.model.words import SEVERITIES
from graph.private import MASK
from graph.reading.graph import Graph
from graph.reports.compose import Report, compose_report
from graph.reports.conclusion import MOST_SERIOUS, total
from graph.reports.document import make_document
from graph.reports.evidence import evidence_words
from graph.reports.files import make_file
from graph.reports.fonts import font_folders
from graph.reports.missing_areas import read_missing_by_area
from graph.reports.pdf import make_pdf
from graph.reports.words import day_word
from tests.reports.made import report_of
from tests.reports.scenes import DAY

COMMUNITY = "990101001001"


@pytest.fixture(scope="module")
async def report(loader: Any) -> Report:
    """A report of one community; what it says does not depend on the engine."""
    graph: Graph = await loader("embedded")
    return (await compose_report(graph, area=COMMUNITY, as_of=DAY, days=120, made_by="示例科")).data


def test_the_conclusion_counts_what_the_rows_say(report: Report) -> None:
    """Every number of the first sentence, counted again from the rows of all lists."""
    rows = [row for _, found in report.lists for row in found]
    failing = [r for r in rows if r["verdict"] == "fail" and not r["waiver"]]
    sums = total(report)
    assert sums["fail"] == len(failing) > 0
    for severity in ("violation", "warning", "info"):
        assert sums[severity] == sum(r["severity"] == severity for r in failing)
    first = make_document(report).sentences[0]
    assert [int(n) for n in re.findall(r"(\d+) 项", first)][:2] == [sums["judged"], sums["fail"]]


def test_the_gravest_come_first_and_no_id_stands_for_a_name(report: Report) -> None:
    """Five of five rules, violations before warnings, told before withheld; no id of a node is named."""
    document = make_document(report)
    failing = [r for _, rows in report.lists for r in rows if r["verdict"] == "fail" and not r["waiver"]]
    shown_rules = [re.findall(r"（(R\d+)）", head)[0] for head, _ in document.most_serious]
    assert len(set(shown_rules)) == min(MOST_SERIOUS, len({r["code"] for r in failing})) == len(shown_rules)
    for code, (head, why) in zip(shown_rules, document.most_serious, strict=True):
        same = [r for r in failing if r["code"] == code]
        gravest = [r for r in same if SEVERITIES[str(r["severity"])] == head[1:3]]
        assert ("说明从略" in why) == all("说明从略" in r["reason_zh"] for r in gravest)
        assert (f"共 {len(same)} 项" in head) == (len(same) > 1)
    marks = [head[1:3] for head, _ in document.most_serious]
    assert 0 < len(marks) <= MOST_SERIOUS
    assert marks == sorted(marks, key=("违规", "提醒", "提示").index)
    shown = " ".join([*document.sentences, *(t for pair in document.most_serious for t in pair)])
    ids = re.findall(r"\b[a-z]{1,2}-990101-[a-z0-9-]+", shown)
    assert {label_of(id_) for id_ in ids} <= {"Person"}, "a person's name is withheld, all others are named"


async def test_what_is_not_known_is_added_up_as_everywhere(report: Report, loader: Any) -> None:
    """An undecided row counts once at each register it lacks: counted again, and as for areas."""
    undecided = [r for _, rows in report.lists for r in rows if r["verdict"] == "unknown"]
    lacking = [{i.rpartition(".")[2] for i in r["missing"] or ()} for r in undecided]
    found = {r["what_zh"]: (r["rows"], r["alone"], r["things"]) for r in report.registers}
    for name, end in (("个人信息的登记", MASK), ("参加：到会", "present"), ("小区：纬度", "lat")):
        assert found[name][0] == sum(end in ends for ends in lacking) > 0
    assert (found["个人信息的登记"][2], found["小区：纬度"][2]) == (None, 1)
    answer = await read_missing_by_area(await loader("embedded"), area=COMMUNITY, as_of=DAY)
    same = [r for r in answer.data if r["area"] == COMMUNITY]
    assert found == {r["what_zh"]: (r["rows"], r["alone"], r["things"]) for r in same}
    assert [r["rows"] for r in report.registers] == sorted((r["rows"] for r in same), reverse=True)


async def test_evidence_says_who_since_when_and_by_which_document(loader: Any) -> None:
    """Every tenth tie of some types, compared with the store; secret ties have no words."""
    graph: Graph = await loader("embedded")
    text = (
        "MATCH (a)-[e:COVERS|HOLDS_POST|SERVES]->(b) WHERE a.id STARTS WITH $own RETURN e.id AS id, "
        "e.since AS since, e.source AS source, b.name AS name ORDER BY id"
    )
    rows = [
        row
        for prefix in ("oc-990101", "pp-990101", "p-990101")
        for row in (await graph.store.read([(text, {"own": prefix})]))[0][::10]
    ]
    sources = {
        r["id"]: r["name"]
        for r in (
            await graph.store.read([("MATCH (d:SourceDocument) RETURN d.id AS id, d.name AS name", {})])
        )[0]
    }
    words = await evidence_words(
        graph, [*(r["id"] for r in rows), "p-990101-0022~MEMBER_OF~po-990101-q001", "x"]
    )
    assert len(rows) > 20
    assert set(words) == {r["id"] for r in rows}
    for row in rows:
        said = words[row["id"]]
        since = day_word(row["since"])
        assert row["name"] in said
        assert since in said
        assert sources[row["source"]] in said


def test_all_three_say_the_same(report: Report) -> None:
    """Sentences, findings and stamp of the composition are in the workbook and in the Word file."""
    document = make_document(report)
    book = load_workbook(BytesIO(make_file(report, "xlsx")))
    page = [str(cell.value) for row in book["首页"].iter_rows() for cell in row if cell.value]
    word = docx.Document(BytesIO(make_file(report, "docx")))
    texts = [p.text for p in word.paragraphs]
    for sentence in document.sentences:
        assert f"　　{sentence}" in page
        assert f"　　{sentence}" in texts
    for head, _ in document.most_serious:
        assert head in page
        assert any(head in text for text in texts)
    assert book.sheetnames[0] == "首页"
    assert book.sheetnames[-1] == "技术说明"
    assert len(book["首页"]._charts) == sum(any(any(v) for *_, v in c.series) for c in document.charts)
    cells = {cell.text for table in word.tables for row in table.rows[:400] for cell in row.cells}
    assert {str(word) for word, _ in document.stamp} <= cells


def test_rows_are_as_high_as_their_text_and_lists_as_wide_as_a_page(report: Report) -> None:
    """What is printed of lists: widths fit A4 across at 9 points, no row is lower than its longest cell."""
    book = load_workbook(BytesIO(make_file(report, "xlsx")))
    sheet = book[next(name for name, rows in report.lists if rows)]
    *printed, evidence = ((letter, d.width) for letter, d in sheet.column_dimensions.items())
    widths = dict(printed)
    assert sum(widths.values()) <= 149
    assert not any(row[-1].alignment.wrap_text for row in sheet.iter_rows(min_row=2))
    assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:${printed[-1][0]}$"), evidence
    for row in sheet.iter_rows(min_row=2):
        for cell in row[:-2]:
            text = str(cell.value or "")
            assert cell.font.sz == 9
            lines = sum(
                -(-2 * len(t) // int(2.2 * widths[cell.column_letter])) or 1 for t in text.split("\n")
            )
            assert sheet.row_dimensions[cell.row].height >= min(409, 10 * min(lines, 1)), text
    assert sheet[2][-2].font.sz == 6


def test_the_pdf_embeds_its_font_and_says_where_there_is_none(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Embedded by the program that reads PDF, where that is there; without a font a sentence, no file."""
    content = make_file(report, "pdf")
    assert content.startswith(b"%PDF")
    assert b"/FontFile" in content or b"/Type /ObjStm" in content or b"/ObjStm" in content
    reader = shutil.which("pdftotext")
    if reader is not None:
        path = tmp_path / "a.pdf"
        path.write_bytes(content)
        text = subprocess.run([reader, str(path), "-"], capture_output=True, check=True).stdout.decode()
        assert "交叉任职核查报告" in text
    with pytest.raises(EnvironmentFault, match="COBUILD_FONTS"):
        font_folders(tmp_path / "nowhere")
    monkeypatch.setattr("graph.reports.pdf.FAMILIES", ("no such font",))
    with pytest.raises(EnvironmentFault, match="中文字体"):
        make_pdf(make_document(report))


def test_nothing_to_report_is_said() -> None:
    """A place without a verdict: sentences, empty charts, no table of findings, in all three."""
    empty = report_of([], place="空区")
    document = make_document(empty)
    assert "不符合 0 项" in document.sentences[0]
    assert document.most_serious == ()
    for kind in ("xlsx", "docx", "pdf"):
        assert make_file(empty, kind)  # type: ignore[arg-type]


def test_workbooks_are_read_without_lxml() -> None:
    """It is installed for Word files; openpyxl would take it, and read entities then."""
    assert openpyxl.xml.LXML is False
    assert openpyxl.xml.DEFUSEDXML is True
