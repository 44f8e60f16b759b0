"""Reports as people see them: made of a loaded place, opened in LibreOffice, turned to pictures.

`python -m tests.reports.look FOLDER` (`make look`); needs LibreOffice and poppler's tools.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.wiring import open_graph
from graph.reports.compose import Report, compose_report
from graph.reports.files import MEDIA, make_file
from graph.settings import Settings

PLACES = {"示例": "990101000000", "石鼓": "430407000000"}
FIRST = 4
"""Pages of each file that are turned to pictures."""


async def read_reports(folder: Path) -> dict[str, Report]:
    """The reports of two places of the seed data, loaded into a folder of their own."""
    settings = Settings(data_dir=folder / "data", engine_compiler="quick")
    async with open_graph(settings, today=lambda: date(2025, 6, 30)) as graph:
        for delivery in seed_folders():
            await load_delivery(graph.store, delivery)
        return {
            name: (await compose_report(graph, area=area, made_by="示例科")).data
            for name, area in PLACES.items()
        }


def picture(file: Path, folder: Path) -> list[Path]:
    """The first pages of a file as pictures."""
    pdf = file
    if file.suffix != ".pdf":
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=300)
        pdf = folder / f"{file.stem}.pdf"
        if not pdf.exists():
            sys.exit(f"LibreOffice cannot open {file.name} (Debian: libreoffice-writer for .docx)")
        pdf = pdf.rename(folder / f"{file.stem}-{file.suffix[1:]}.pdf")
    stem = folder / f"{pdf.stem}-page"
    subprocess.run(["pdftoppm", "-r", "70", "-l", str(FIRST), "-png", str(pdf), str(stem)], check=True)
    return sorted(folder.glob(f"{stem.name}*.png"))


def main() -> None:
    """Make all files and their pictures, and say where they are."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        sys.exit(
            f"needed and not found: {', '.join(missing)} (Debian: libreoffice-calc, -writer, poppler-utils)"
        )
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "look").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name, report in asyncio.run(read_reports(folder)).items():
        for kind in MEDIA:
            file = folder / f"{name}-报告.{kind}"
            file.write_bytes(make_file(report, kind))
            for page in picture(file, folder):
                sys.stdout.write(f"{page}\n")


if __name__ == "__main__":
    main()
