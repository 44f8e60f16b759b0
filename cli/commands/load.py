"""The command that writes, load, and the template of what it reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.files import say_written, write_whole
from cli.options import day_of
from cli.output import console, errors
from cli.session import with_graph
from graph.errors import BadParameter
from graph.loading.delivery import read_delivery
from graph.loading.excel.bounds import BadWorkbook
from graph.loading.excel.marks import mark_findings
from graph.loading.excel.read import read_workbook
from graph.loading.excel.template import make_template
from graph.loading.findings import DeliveryRejected
from graph.loading.load import LoadReport, discard, load_delivery
from graph.loading.load import Progress as OnProgress
from graph.loading.order import seed_folders
from graph.reading.graph import Graph
from graph.upkeep.forget import forget_again

STEPS = {
    "read": "读取",
    "check": "校验",
    "compare": "比对",
    "write": "写入",
    "derive": "推导",
    "discard": "撤销",
}
SHOWN = 20
MARKED = ".错误.xlsx"


class Missing(StrEnum):
    """What becomes of what a newer delivery no longer contains."""

    report = "report"
    end = "end"
    remove = "remove"


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(load)
    app.command()(template)


def load(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="数据目录或 Excel 工作簿 / folders of deliveries, or workbooks"),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="导入随附的全部示例数据 / everything in seed_data")
    ] = False,
    missing: Annotated[
        Missing, typer.Option(help="本次未再交付的内容：仅报告、结束、删除 / what has gone missing")
    ] = Missing.report,
    ended_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="--missing end 的结束日期 / day they ended")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只校验和比较，不写入 / check and compare only")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="继续未完成的导入 / go on")] = False,
    discard_: Annotated[
        bool, typer.Option("--discard", help="撤销未完成的导入 / take an unfinished load back")
    ] = False,
    errors_to: Annotated[
        Path | None,
        typer.Option("--errors-to", help="工作簿有错时，标注副本写到哪里，默认在其旁边 / marked copy"),
    ] = None,
) -> None:
    """导入数据目录（CSV）或工作簿（.xlsx），全部有效才写入。 Load folders or workbooks."""
    if dry_run and (resume or discard_):
        raise BadParameter(
            "--dry-run 不能与 --resume、--discard 同用。",
            "--dry-run goes neither with --resume nor with --discard.",
            subject="dry_run",
        )

    async def work(graph: Graph) -> None:
        with shown_progress() as progress:
            if discard_:
                batches = await discard(graph.store, progress)
                console.print(f"已撤销 {batches} 批。/ {batches} batches undone.")
                return
            for folder in _chosen(folders, all_):
                with marked_copy(folder, errors_to):
                    report = await load_delivery(
                        graph.store,
                        folder,
                        missing=missing.value,
                        ended_on=day_of(ended_on),
                        read=read_delivery if folder.is_dir() else read_workbook,
                        resume=resume,
                        dry_run=dry_run,
                        progress=progress,
                    )
                print_report(report)
                if not dry_run:
                    await _forget_again(graph)

    with_graph(work)


async def _forget_again(graph: Graph) -> None:
    """Who was erased stays erased, also where a register still delivers them."""
    again = await forget_again(graph.store, graph.ledger)
    if again:
        console.print(
            f"其中 {again} 人此前已抹去，已再次抹去；请从来源名册中删除。"
            f"/ {again} erased persons were delivered and erased again.",
            highlight=False,
        )


def template(
    file: Annotated[Path, typer.Argument(help="写到哪个 .xlsx 文件 / the file to write")],
    types: Annotated[
        str | None, typer.Option(help="哪些类型，用逗号分隔，默认全部，如 小区,HOLDS_POST / which types")
    ] = None,
) -> None:
    """生成供填写的 Excel 模板：表头、下拉选项、说明。 An empty workbook to fill in."""
    if file.suffix.lower() != ".xlsx":
        raise BadParameter("文件名应以 .xlsx 结尾。", "the file ends in .xlsx.", subject="file")
    named = [part.strip() for part in re.split(r"[,，、]", types or "") if part.strip()]
    content = make_template(named)
    say_written(write_whole(file, content), "填写后用 cobuild load 导入", "an empty workbook")


@contextmanager
def marked_copy(path: Path, target: Path | None) -> Iterator[None]:
    """Where a workbook is refused, write a copy with the findings in it; it stays refused."""
    try:
        yield
    except DeliveryRejected as error:
        if path.is_file():
            copy = target or path.with_name(f"{path.stem}{MARKED}")
            with suppress(BadWorkbook):
                _write_copy(path, copy, error)
        raise


def _write_copy(path: Path, copy: Path, error: DeliveryRejected) -> None:
    if copy.resolve() == path.resolve():
        raise BadParameter(
            "--errors-to 不能是原文件。", "--errors-to names the workbook itself.", subject="errors_to"
        )
    written = write_whole(copy, mark_findings(path, error.findings))
    say_written(written, "标注了错误的副本，请在原件或副本中改正后重新导入", "a copy with the errors marked")


@contextmanager
def shown_progress() -> Iterator[OnProgress]:
    """A progress bar per step on standard error; gone when the step is done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=STEPS[step], completed=done, total=total)

        yield show


def print_report(report: LoadReport) -> None:
    """What a load did, in a line, and below it what needs a look."""
    if report.already:
        console.print(f"{report.folder}：已是最新，未改动。/ already loaded.", markup=False)
        return
    done = f"推导 {report.derived}；数据版本 {report.version}。"
    if report.dry_run:
        done = "未写入任何数据。/ would be; nothing was written."
    console.print(
        f"{report.folder}：新增 {report.created}，变更 {report.changed}，删除 {report.removed}，"
        f"未变 {report.unchanged}，{done}",
        markup=False,
        highlight=False,
    )
    notes = {
        "提醒 / warnings": [str(f) for f in report.warnings],
        "上次有、本次没有 / gone (--missing end|remove)": report.gone,
        "本次为空的值 / emptied (--missing remove)": report.emptied,
        "仍被其他来源引用，未删除 / kept, something else needs it": report.held,
        "改动了其他来源的内容 / changed, of another source": report.foreign,
    }
    for title, items in notes.items():
        if items:
            console.print(f"  {title}：{len(items)}", markup=False)
        for item in items[:SHOWN]:
            console.print(f"    {item}", markup=False, highlight=False)


def _chosen(folders: list[Path] | None, all_: bool) -> list[Path]:
    if all_ == bool(folders):
        raise BadParameter("请给出数据目录，或 --all。", "name folders, or --all.", subject="folders")
    for path in folders or []:
        if not path.exists():
            raise BadParameter(
                f"{path} 不存在；应为含 manifest.toml 的目录，或 .xlsx 工作簿。",
                f"{path} does not exist: name a folder with a manifest.toml, or an .xlsx workbook.",
                subject="folders",
            )
    return seed_folders() if all_ else list(folders or [])
