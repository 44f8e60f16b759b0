"""Reports one hands in, opened in LibreOffice, printed and turned to pictures: every page can be read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from graph.reading.graph import Graph
from graph.reports.compose import compose_report
from graph.reports.document import Document, make_document
from graph.reports.files import MEDIA, make_file
from tests.conftest import TODAY, Opener
from tests.office.conftest import SOFFICE

DISTRICT = "990101000000"
PAGES = 6
"""Pages of each that are turned to pictures."""
DPI = 50
A4 = {"595 x 842", "842 x 595"}


@pytest.fixture(scope="module")
async def printed(
    loader: Opener, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, dict[str, Path]]:
    """What the report says, and its three files as PDF."""
    assert SOFFICE is not None, (
        "LibreOffice is not installed: libreoffice-calc-nogui, libreoffice-writer-nogui"
    )
    folder = tmp_path_factory.mktemp("reports")
    graph: Graph = await loader("embedded")
    report = (await compose_report(graph, area=DISTRICT, as_of=TODAY, days=120, made_by="示例科")).data
    files = {kind: folder / f"{kind}.{kind}" for kind in MEDIA}
    for kind in MEDIA:
        files[kind].write_bytes(make_file(report, kind))
    _print(
        [path for kind, path in files.items() if kind != "pdf"],
        folder / "made",
        tmp_path_factory.mktemp("user"),
    )
    made = {kind: folder / "made" / f"{kind}.pdf" for kind in MEDIA}
    return make_document(report), {**made, "pdf": files["pdf"]}


def _print(files: list[Path], folder: Path, user: Path) -> None:
    """One start of LibreOffice for all files."""
    command = [str(SOFFICE), f"-env:UserInstallation=file://{user}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.mark.parametrize("kind", list(MEDIA))
def test_a_report_is_printed_on_a4_and_says_its_conclusion(
    printed: tuple[Document, dict[str, Path]], kind: str
) -> None:
    """All pages are A4; the first one has title, place, day and what the report concludes."""
    document, files = printed
    info = said("pdfinfo", "-l", "999", str(files[kind]))
    sizes = {
        " x ".join(str(round(float(n))) for n in m) for m in re.findall(r"size: +([\d.]+) x ([\d.]+)", info)
    }
    assert sizes <= A4
    first = re.sub(r"\s", "", said("pdftotext", "-l", "1", str(files[kind]), "-"))
    for text in (document.title, document.place, document.day, *document.sentences):
        assert re.sub(r"\s", "", text) in first


@pytest.mark.parametrize("kind", list(MEDIA))
def test_pages_have_writing_and_margins(printed: tuple[Document, dict[str, Path]], kind: str) -> None:
    """No page is empty or black, and nothing runs over its edge."""
    pdf = printed[1][kind]
    subprocess.run(
        ["pdftoppm", "-gray", "-r", str(DPI), "-l", str(PAGES), str(pdf), str(pdf.with_suffix(""))],
        check=True,
        timeout=120,
    )
    pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.pgm"))
    assert pages
    edge = round(DPI * 3 / 25.4)
    for page in pages:
        _, size, _, grey = page.read_bytes().split(b"\n", 3)
        width, height = map(int, size.split())
        rows = [grey[y * width : (y + 1) * width] for y in range(height)]
        ink = sum(value < 128 for value in grey) / len(grey)
        assert 0.002 < ink < 0.4, page.name
        rim = [*rows[:edge], *rows[-edge:], *(row[:edge] + row[-edge:] for row in rows)]
        assert min(map(min, rim)) > 128, page.name
