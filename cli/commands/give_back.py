"""Registers given back to the department that gave them: in their own form, with columns added."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.files import say_written, write_whole
from cli.options import AsOfOption, PersonalOption, day_of
from cli.output import console
from cli.session import with_graph
from graph.errors import BadParameter
from graph.intake.back.give import Given, give_back
from graph.intake.back.shapes import GivenShape
from graph.loading.register.taking import sheets_of, take_form
from graph.reading.graph import Graph
from graph.settings import Settings

ENDING = ".返回.xlsx"
SAID = {
    "rows": "行数 / rows",
    "known": "图中已有 / in the graph",
    "unsure": "未确定（cobuild questions） / not sure",
    "failing": "有不符合或缺口 / with findings",
    "lacking": "缺记录 / lacking records",
    "marked": "标色单元格：图中另有记载 / marked cells",
    "elsewhere": "本台账没有而图中有 / not in this register",
}


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("give-back")(give_register_back)


def give_register_back(
    file: Annotated[Path, typer.Argument(help="台账文件 .xlsx .xls .ods .csv，原样 / a register as it is")],
    place: Annotated[str, typer.Option(help="哪里的台账：辖区名称或编号 / area by name or id")],
    kind: Annotated[str | None, typer.Option(help="哪一类台账，默认按表头判断 / kind of register")] = None,
    form: Annotated[str | None, typer.Option(help="表样名称，默认与台账类别同名 / name of the form")] = None,
    out: Annotated[
        Path | None, typer.Option(help="写到哪个 .xlsx，默认在原件旁边：….返回.xlsx / file to write")
    ] = None,
    as_of: AsOfOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """原表返回台账，加列：编号、核查结果、缺什么、建议人选、图中所记。 Give a register back."""
    target = out or file.with_name(f"{file.stem}{ENDING}")
    if target.suffix.lower() != ".xlsx" or target.resolve() == file.resolve():
        raise BadParameter(
            "--out 应为 .xlsx 文件，且不是原件。",
            "--out is an .xlsx file, and not the register itself.",
            subject="out",
        )
    settings = Settings.from_environment()
    _, kept, proposals = take_form(sheets_of(file), settings.data_dir, kind, form, {})
    day = day_of(as_of) or date.today()

    async def work(graph: Graph) -> Given:
        return await give_back(graph, file, form=kept, proposals=proposals, place=place, as_of=day)

    given = with_graph(work, personal=show_personal)
    say_written(write_whole(target, given.content), *_said(given.counts))
    if given.counts["pictures_lost"]:
        console.print(
            "原件中的图片和图表未保留，见原件。/ Pictures and charts of the file are not kept.", markup=False
        )


def _said(counts: GivenShape) -> tuple[str, str]:
    found = {name: counts[name] for name in SAID}  # type: ignore[literal-required]
    zh = "，".join(f"{SAID[n].partition(' / ')[0]} {found[n]}" for n in SAID)
    return zh, ", ".join(f"{found[n]} {SAID[n].partition(' / ')[2]}" for n in SAID)
