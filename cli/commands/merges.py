"""Two things that turn out to be one: merge, take-apart, and the list of merges."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.audit_entry import who_works
from cli.loading import DryRunOption, turn
from cli.options import FormatOption, PersonalOption
from cli.output import console, make_table, print_answer
from cli.session import ask, with_graph
from graph.errors import BadParameter
from graph.intake.merged import DifferingShape, MergedRow, MergeShape, list_merges, shown_merge, shown_refusal
from graph.labels import headings
from graph.loading.merging.carry_out import merge as merge_two
from graph.loading.merging.carry_out import take_apart as take_two_apart
from graph.loading.merging.plan import MergeRefused, plan_merge
from graph.reading.graph import Graph

ROWS = headings(MergedRow)
DIFFERING = headings(DifferingShape)

ReasonOption = Annotated[
    str,
    typer.Option(
        "--reason", help="理由，记入审计，管理员可见 / why, for the record, which administrators read"
    ),
]


def register(app: typer.Typer) -> None:
    """Put the commands on the application."""
    app.command()(merge)
    app.command("take-apart")(take_apart)
    app.command()(merges)


def merge(
    kept: Annotated[str, typer.Argument(help="保留哪个的编号 / id of the one that is kept")],
    gone: Annotated[str, typer.Argument(help="哪个并入它 / id of the one that becomes it")],
    reason: ReasonOption = "",
    dry_run: DryRunOption = False,
    show_personal: PersonalOption = False,
) -> None:
    """两个对象其实是一个：连同关系、别名、豁免合并；take-apart 拆开。 Let two things be one."""
    if not dry_run and not reason.strip():
        raise BadParameter("请用 --reason 写明理由。", "give a reason by --reason.", subject="reason")

    async def work(graph: Graph) -> MergeShape:
        with turn(graph.settings, dry_run):
            try:
                if dry_run:
                    found = await plan_merge(graph.store, kept, gone)
                else:
                    who = who_works()
                    found = await merge_two(graph.store, graph.ledger, kept, gone, reason=reason, who=who)
            except MergeRefused as refused:
                raise shown_refusal(refused, kept, gone, graph.viewer) from None
        return shown_merge(found, graph.viewer)

    shown = with_graph(work, personal=show_personal)
    head = "预检，未写入" if shown["number"] is None else f"第 {shown['number']} 次：已合并"
    _say(
        f"{head}：{shown['label_zh']} {shown['gone_name']}（{gone}）并入 {shown['kept_name']}（{kept}）；"
        f"移来关系 {shown['moved']}，原已有 {shown['joined']}，别名、疑问、豁免等记录 {shown['records']} 处。"
        f"/ {shown['moved']} edges moved, {shown['joined']} joined, {shown['records']} records."
    )
    if shown["filled"]:
        _say(f"补上：{'、'.join(shown['filled_zh'])}。/ filled: {', '.join(shown['filled'])}.")
    for zh, en in zip(shown["warnings_zh"], shown["warnings_en"], strict=True):
        _say(f"提醒：{zh} / {en}")
    if shown["differing"]:
        console.print(make_table(shown["differing"], DIFFERING))


def take_apart(
    number: Annotated[int, typer.Argument(help="第几次，见 cobuild merges / number of the merge")],
    reason: ReasonOption = "",
) -> None:
    """拆开一次合并：两者及其关系恢复原样。 Take a merge back."""

    async def work(graph: Graph) -> None:
        with turn(graph.settings):
            made = await take_two_apart(graph.store, graph.ledger, number, reason=reason, who=who_works())
        _say(
            f"已拆开：恢复 {made.created}，改回 {made.changed + made.ended}，删除 {made.removed}；"
            f"数据版本 {made.version}。/ taken apart."
        )

    with_graph(work)


def merges(format_: FormatOption = "table") -> None:
    """列出历次合并：谁、何时、为何。 Every merge, the latest last."""
    print_answer(ask(list_merges), format_, ROWS)


def _say(text: str) -> None:
    console.print(text, highlight=False, markup=False, soft_wrap=True)
