"""Commands that keep a deployment: backup, restore, erasure of a person, graph joined to ledger."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from cli.audit_entry import command_entry
from cli.files import say_written, whole_file
from cli.output import console
from cli.session import with_graph
from graph.errors import BadParameter
from graph.private import PRIVATE_FILE
from graph.reading.deployment import pair as pair_both
from graph.reading.graph import Graph
from graph.reading.wiring import make_ledger
from graph.settings import Settings
from graph.store import open_store
from graph.upkeep.archive import BackupManifest, Reader
from graph.upkeep.backup import back_up
from graph.upkeep.forget import Forgotten, person_called
from graph.upkeep.forget import forget as forget_person
from graph.upkeep.restore import check_stopped
from graph.upkeep.restore import finish as finish_restore
from graph.upkeep.restore import restore as put_back

YesOption = Annotated[bool, typer.Option("--yes", help="确认 / really do it")]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (backup, restore, forget, pair):
        app.command()(command)


def backup(file: Annotated[Path, typer.Argument(help="写到哪个文件 / the file to write")]) -> None:
    """备份到一个文件；服务可照常运行。 Graph and ledger into one file, while the service runs."""

    async def work(graph: Graph) -> BackupManifest:
        with whole_file(file) as target:
            os.chmod(target.fileno(), PRIVATE_FILE)
            return await back_up(graph, target)

    made = with_graph(work)
    rows = sum(about["rows"] for about in made.files.values())
    say_written(
        file.expanduser().resolve(),
        f"数据版本 {made.data_version}，{rows} 行",
        f"data version {made.data_version}, {rows} rows",
    )


def restore(
    file: Annotated[Path | None, typer.Argument(help="备份文件 / the backup")] = None,
    finish: Annotated[
        bool, typer.Option("--finish", help="完成被中断的恢复 / end one that was interrupted")
    ] = False,
) -> None:
    """用备份恢复数据目录；先停止服务。 Put a backup into the data folder; stop the service before."""
    settings = Settings.from_environment()
    if finish:
        check_stopped(settings.data_dir)
        finish_restore(settings.data_dir.absolute())
        console.print("已完成。/ Done.")
        return
    if file is None:
        raise BadParameter("请给出备份文件。", "name the backup.", subject="file")
    entry = command_entry("restore", made_at=Reader(file).manifest.made_at)
    done = asyncio.run(put_back(settings, file, entry))
    console.print(
        f"已恢复 {done.manifest.made_at} 的备份，数据版本 {done.manifest.data_version}。/ Restored.",
        highlight=False,
    )
    if done.before is not None:
        console.print(f"原有内容在 {done.before}，核对后请删除。", highlight=False, soft_wrap=True)
    if done.erased:
        console.print(f"备份之后抹去的 {done.erased} 人已再次抹去。", highlight=False)


def forget(
    person: Annotated[str, typer.Argument(help="人员编号或姓名 / the person's id or name")],
    yes: YesOption = False,
) -> None:
    """从图数据库和记录库中抹去一个人，不可恢复。 Erase a person from graph and ledger, for ever."""
    if not yes:
        raise BadParameter(
            f"将抹去 {person} 的全部记录，不可恢复；确认请加 --yes。",
            f"everything about {person} will be erased for ever; add --yes to do it.",
            subject="yes",
        )

    async def work(graph: Graph) -> Forgotten:
        return await forget_person(graph, await person_called(graph.store, person), command_entry("forget"))

    done = with_graph(work)
    console.print(
        f"已抹去：图中 {done.edges} 条关系，{done.texts} 处文字，记录库 {done.ledger.records} 条记录，"
        f"审计 {done.ledger.entries} 条的参数。",
        highlight=False,
    )
    if done.ledger.unsealed:
        console.print(
            f"旧版本写入的 {done.ledger.unsealed} 条审计记录仍含其编号或姓名，"
            "到期用 cobuild audit prune 删除。",
            highlight=False,
        )


def pair(yes: YesOption = False) -> None:
    """确认图数据库与记录库配套（其一被有意替换之后）。 Join a graph and a ledger for good."""
    if not yes:
        raise BadParameter(
            "此后记录库归于当前的图数据库；已丢失的豁免、决定和审计记录不会因此恢复。确认请加 --yes。",
            "the ledger will belong to this graph from now on, and what was lost stays lost; "
            "add --yes to do it.",
            subject="yes",
        )

    async def work() -> str:
        settings = Settings.from_environment()
        ledger = make_ledger(settings)
        try:
            async with open_store(settings) as store:
                await ledger.audit.append(command_entry("pair"))
                return await pair_both(store, ledger)
        finally:
            await ledger.close()

    console.print(f"图与记录库已确认配套：{asyncio.run(work())}。/ They belong together.", highlight=False)
