"""The command that writes, load, and the template of what it reads."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.audit_entry import who_works
from cli.commands.preparation import with_bar
from cli.files import say_written, write_whole
from cli.load_report import as_json, print_report, write_lines
from cli.loading import (
    DryRunOption,
    EndedOnOption,
    ErrorsToOption,
    GoneOption,
    HistoryOption,
    MissingOption,
    RestoreOption,
    TakeOverOption,
    forget_delivered,
    shown_progress,
    turn,
)
from cli.marked import marked_copy
from cli.options import FormatOption, PersonalOption, PlaceOption, day_of
from cli.output import console, make_table, print_csv, print_json
from cli.session import with_graph
from cli.write_file import OutputOption
from graph.appointments.sheets.template import make_proposal_template
from graph.errors import BadParameter
from graph.labels import headings
from graph.loading.delivery import read_delivery, read_digest
from graph.loading.excel.filled import Filled, holds_persons, read_filled
from graph.loading.excel.read import read_workbook
from graph.loading.excel.template import make_template
from graph.loading.load import discard, load_delivery
from graph.loading.order import seed_folders
from graph.loading.plan import Options
from graph.loading.register.said import take_back_lists
from graph.loading.report import LoadReport
from graph.loading.undo import undo_load
from graph.reading.findings.facts import after_load
from graph.reading.graph import Graph
from graph.reading.places import find_place
from graph.store.history import ChangeSet, read_sets
from graph.store.version import read_state

KINDS = {"load": "导入", "undo": "撤销", "decision": "任免决定", "merge": "合并"}
LOADS = headings(
    ChangeSet,
    *("number", "at", "who", "kind", "title", "source", "created", "changed", "ended", "removed"),
    *("version", "undone_by", "options"),
)


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(load)
    app.command()(loads)
    app.command()(template)


def load(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="数据目录或 Excel 工作簿 / folders of deliveries, or workbooks"),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="导入随附的全部示例数据 / everything in seed_data")
    ] = False,
    missing: MissingOption = "report",
    ended_on: EndedOnOption = None,
    dry_run: DryRunOption = False,
    history: HistoryOption = None,
    restore: RestoreOption = False,
    take_over: TakeOverOption = False,
    gone: GoneOption = None,
    undo: Annotated[
        int | None, typer.Option(help="撤销第几次导入（见 cobuild loads）/ take a finished load back")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="继续未完成的导入 / go on")] = False,
    discard_: Annotated[
        bool, typer.Option("--discard", help="撤销未完成的导入 / take an unfinished load back")
    ] = False,
    output: OutputOption = None,
    format_: FormatOption = "table",
    show_personal: PersonalOption = False,
    errors_to: ErrorsToOption = None,
) -> None:
    """导入数据目录（CSV）或工作簿（.xlsx），全部有效才写入。 Load folders or workbooks."""
    if dry_run and (resume or discard_):
        raise BadParameter(
            "--dry-run 不能与 --resume、--discard 同用。",
            "--dry-run goes neither with --resume nor with --discard.",
            subject="dry_run",
        )

    options = Options(missing, day_of(ended_on), history, restore, take_over, gone)

    async def work(graph: Graph) -> None:
        with shown_progress() as progress, turn(graph.settings, dry_run):
            if discard_:
                batches = await discard(graph.store, progress)
                console.print(f"已撤销 {batches} 批。/ {batches} batches undone.")
                return
            if undo is not None:
                made = await undo_load(graph.store, undo, who=who_works(), progress=progress)
                print_change_set(made)
                if form := take_back_lists(graph.settings.data_dir, undo):
                    console.print(f"表样 {form} 记下的“列全”也已恢复。/ What the form remembers too.")
                return
            reports: list[LoadReport] = []
            chosen = _chosen(folders, all_)
            under_way = (await read_state(graph.store)).loading if resume else None
            # What was begun comes first; what is there already is seen to be so in its turn.
            chosen.sort(key=lambda f: under_way is None or not f.is_dir() or read_digest(f) != under_way)
            for folder in chosen:
                with marked_copy(folder, errors_to):
                    report = await load_delivery(
                        graph.store,
                        folder,
                        options=options,
                        who=who_works(),
                        read=read_delivery if folder.is_dir() else read_workbook,
                        resume=resume,
                        dry_run=dry_run,
                        progress=progress,
                    )
                reports.append(report)
                if format_ != "json":
                    print_report(report, personal=show_personal)
                    if output is None:
                        report.lines = tuple  # they hold on to the whole delivery
                if not dry_run:
                    await forget_delivered(graph)
        if not dry_run:
            await after_load(graph, sum(r.created + r.changed + r.ended + r.removed for r in reports))
        if graph.settings.prepare and graph.settings.kept and not dry_run:
            await with_bar(graph)
        if format_ == "json":
            print_json([as_json(report, personal=show_personal) for report in reports])
        if output is not None:
            write_lines(reports, output, personal=show_personal)

    with_graph(work)


def template(
    file: Annotated[Path, typer.Argument(help="写到哪个 .xlsx 文件 / the file to write")],
    types: Annotated[
        str | None, typer.Option(help="哪些类型，用逗号分隔，默认全部，如 小区,HOLDS_POST / which types")
    ] = None,
    filled: Annotated[
        bool, typer.Option("--filled", help="填入已导入的内容，改正后再导入 / with what is loaded")
    ] = False,
    place: PlaceOption = None,
    source: Annotated[str | None, typer.Option(help="哪个来源（--filled）/ of which source")] = None,
    appointments: Annotated[
        bool, typer.Option("--appointments", help="任免方案表，填好后 cobuild appoint / for proposals")
    ] = False,
    show_personal: PersonalOption = False,
) -> None:
    """生成供填写的 Excel 模板：表头、下拉选项、说明。 A workbook to fill in, or to correct."""
    if file.suffix.lower() != ".xlsx":
        raise BadParameter("文件名应以 .xlsx 结尾。", "the file ends in .xlsx.", subject="file")
    if appointments:
        content = make_proposal_template()
        say_written(write_whole(file, content), "填写后用 cobuild appoint 核查", "a sheet for proposals")
        return
    named = [part.strip() for part in re.split(r"[,，、]", types or "") if part.strip()]
    if not filled:
        content = make_template(named)
        say_written(write_whole(file, content), "填写后用 cobuild load 导入", "an empty workbook")
        return
    if place is None:
        raise BadParameter("--filled 须与 --place 同用。", "--filled goes with --place.", subject="place")

    async def work(graph: Graph) -> Filled:
        found = await read_filled(graph.store, (await find_place(graph, place)).name, source)
        if holds_persons(found) and not show_personal:
            raise BadParameter(
                "其中有个人信息，须加 --show-personal。",
                "it holds personal data: say --show-personal.",
                subject="filled",
            )
        return found

    found = with_graph(work, personal=show_personal)
    rows = sum(map(len, found.rows.values()))
    written = write_whole(file, make_template(named, found))
    say_written(written, f"{rows} 行，改正后用 cobuild load 导入", f"{rows} rows to correct and load again")


def loads(format_: FormatOption = "table") -> None:
    """列出历次导入：经办人、时间、来源、数量；撤销用 cobuild load --undo。 Every load, the latest last."""

    async def work(graph: Graph) -> None:
        rows = [{**asdict(made), "kind": KINDS[made.kind]} for made in await read_sets(graph.store)]
        for row in rows:
            del row["before"]
        if format_ == "json":
            print_json(rows)
        elif format_ == "csv":
            print_csv(rows, LOADS)
        else:
            console.print(make_table(rows, LOADS))

    with_graph(work)


def print_change_set(made: ChangeSet) -> None:
    """What taking a load back did."""
    console.print(
        f"第 {made.number} 次：{made.title}；恢复 {made.created}，改回 {made.changed + made.ended}，"
        f"删除 {made.removed}；数据版本 {made.version}。/ undone.",
        markup=False,
        highlight=False,
    )


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
