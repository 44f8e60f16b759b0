"""What we write, opened in LibreOffice and saved as .xlsx, .ods and .xls, holds the same rows."""

from __future__ import annotations

import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph.appointments.sheets.template import make_proposal_template
from graph.loading.excel.marks import mark_findings
from graph.loading.excel.read import read_workbook
from graph.loading.excel.template import make_template
from graph.loading.register.sheets import read_sheets
from graph.reading.graph import Graph
from graph.reports.compose import compose_report
from graph.reports.workbook import make_workbook
from tests.conftest import TODAY, Opener
from tests.loading.excel.filled import fill_sample
from tests.office.conftest import SOFFICE

FORMATS = ("xlsx", "ods", "xls")
BOOKS = ("template", "filled", "marked", "proposals", "report")
COMMUNITY = "990101001001"
LIST = r'<table:content-validation table:name="(\w+)" table:condition="of:[^"]*is-in-list'
"""How OpenDocument declares a list to choose from."""


@pytest.fixture(scope="module")
async def folders(loader: Opener, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Our workbooks (`ours`), and what LibreOffice made of them, by format."""
    ours = tmp_path_factory.mktemp("ours")
    (ours / "template.xlsx").write_bytes(make_template())
    book = fill_sample(ours / "delivery")
    book.save(ours / "filled.xlsx")
    sheet = book["小区"]
    sheet.cell(2, 3, "别墅")
    book.save(ours / "wrong.xlsx")
    delivery, raw = read_workbook(ours / "wrong.xlsx")
    assert delivery is not None
    located = [delivery.locate(finding) for finding in raw]
    (ours / "marked.xlsx").write_bytes(mark_findings(ours / "wrong.xlsx", located))
    (ours / "proposals.xlsx").write_bytes(make_proposal_template())
    graph: Graph = await loader("embedded")
    report = await compose_report(graph, area=COMMUNITY, as_of=TODAY, days=120, made_by="示例科")
    (ours / "report.xlsx").write_bytes(make_workbook(report.data))
    found = {"ours": ours}
    for format_ in FORMATS:
        found[format_] = tmp_path_factory.mktemp(format_)
        _convert(ours, found[format_], format_, tmp_path_factory.mktemp("profile"))
    return found


def _convert(ours: Path, folder: Path, format_: str, user: Path) -> None:
    """One start of LibreOffice for all workbooks."""
    assert SOFFICE is not None, "LibreOffice is not installed: libreoffice-calc-nogui"
    command = [SOFFICE, f"-env:UserInstallation=file://{user}", "--headless", "--convert-to", format_]
    files = [str(ours / f"{name}.xlsx") for name in BOOKS]
    subprocess.run([*command, "--outdir", str(folder), *files], check=True, capture_output=True, timeout=300)


def rows_of(path: Path) -> dict[str, list[list[str]]]:
    """What is seen in each sheet, without empty cells at the ends."""
    found: dict[str, list[list[str]]] = {}
    for sheet in read_sheets(path):
        rows = [[str(cell).replace("\r\n", "\n") for cell in row] for row in sheet.rows]
        for row in rows:
            while row and row[-1] == "":
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        found[sheet.name] = rows
    return found


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", BOOKS)
def test_the_same_rows_are_read_again(folders: dict[str, Path], name: str, format_: str) -> None:
    """Sheet by sheet, cell by cell, as a clerk sees them."""
    before = rows_of(folders["ours"] / f"{name}.xlsx")
    assert before
    assert rows_of(folders[format_] / f"{name}.{format_}") == before


def test_a_filled_template_saved_there_is_the_same_delivery(folders: dict[str, Path]) -> None:
    """The reader of deliveries finds the same tables and no mistake."""
    ours, findings = read_workbook(folders["ours"] / "filled.xlsx")
    theirs, others = read_workbook(folders["xlsx"] / "filled.xlsx")
    assert (findings, others) == ([], [])
    assert ours is not None
    assert theirs is not None
    assert [node.properties for node in theirs.nodes] == [node.properties for node in ours.nodes]
    assert [edge.properties for edge in theirs.edges] == [edge.properties for edge in ours.edges]


@pytest.mark.parametrize("name", ["template", "proposals"])
def test_drop_downs_survive(folders: dict[str, Path], name: str) -> None:
    """Each column with a list to choose from still has it, in .xlsx and .ods."""
    ours = load_workbook(folders["ours"] / f"{name}.xlsx")
    theirs = load_workbook(folders["xlsx"] / f"{name}.xlsx")

    def lists(book: object, title: str) -> set[str]:
        found = book[title].data_validations.dataValidation  # type: ignore[index]
        return {str(r).partition(":")[0] for v in found if v.type == "list" for r in v.sqref.ranges}

    expected = {title: lists(ours, title) for title in ours.sheetnames}
    assert sum(map(len, expected.values())) >= 2
    assert {title: lists(theirs, title) for title in theirs.sheetnames} == expected
    with zipfile.ZipFile(folders["ods"] / f"{name}.ods") as archive:
        content = archive.read("content.xml").decode("utf-8")
    declared = set(
        re.findall(
            r'<table:content-validation table:name="(\w+)" table:condition="of:cell-content-is-in-list',
            content,
        )
    )
    used = set(re.findall(r'table:content-validation-name="(\w+)"', content))
    assert declared
    assert declared <= used
