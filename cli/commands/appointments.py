"""Commands about appointments: check a proposal before it is made, carry it out, waive."""

from __future__ import annotations

import getpass
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cli.files import say_written, write_whole
from cli.options import AsOfOption, Format, FormatOption, PersonalOption, day_of
from cli.output import console, enveloped, make_table, print_answer, print_json, stamp_line, warn_of_age
from cli.proposal_input import SIGNED, checked, read_given, say_who, signature_of
from cli.session import with_graph
from cli.write_file import ExcelOption, OutputOption, chosen_file, file_kind, give
from graph.appointments.decide import Excuse, Signature, decide, read_decisions
from graph.appointments.named import with_ids
from graph.appointments.proposal import Proposal, ProposalRejected, read_proposal
from graph.appointments.rehearse import rehearse
from graph.appointments.shapes import DecisionShape, EffectRow, EffectsShape, WaiverShape
from graph.appointments.sheets.read import SheetRejected, is_sheet, read_changes, say_problems
from graph.appointments.waivers import end_waiver, read_waivers, waive
from graph.catalogue.values import check_body
from graph.errors import BadParameter
from graph.labels import headings
from graph.loading.excel.bounds import BadWorkbook
from graph.reading.answer import Answer
from graph.reading.graph import Graph
from graph.reading.rows import row_as

EFFECTS = {
    "effect": "变化",
    **headings(
        EffectRow,
        "code",
        "title_zh",
        "severity",
        "subject_name",
        "area_name",
        "verdict_before",
        "verdict",
        "reason_zh",
        "finding",
    ),
}
Effect = Literal["appear", "disappear", "changed", "stay"]
KINDS: dict[Effect, str] = {
    "appear": "将产生的不符合",
    "disappear": "将消除的不符合",
    "changed": "其他结论变化",
}
_SHOWN = {name: word for name, word in EFFECTS.items() if name != "effect"}
LISTED: tuple[Effect, ...] = (*KINDS, "stay")
"""What files list; on the screen a number is enough of what stays."""
WAIVERS = headings(WaiverShape, "id", "finding", "reason", "decided_by", "since", "until")
DECISIONS = headings(
    DecisionShape, "id", "state", "decided_at", "decided_by", "as_of", "reason", "data_version"
)


FileArgument = Annotated[
    Path | None,
    typer.Argument(
        help="方案文件（.xlsx、.ods、.xls、.csv 或 .json），- 为标准输入 / the proposal as sheet or JSON",
        allow_dash=True,
    ),
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    for command in (appoint, decisions, waivers):
        app.command()(command)


def appoint(
    file: FileArgument = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只核查，不写入 / check only, write nothing")
    ] = False,
    person: Annotated[str | None, typer.Option(help="任命谁：编号或姓名 / a person")] = None,
    body: Annotated[str | None, typer.Option(help="到哪个组织：编号或名称 / a body")] = None,
    role: Annotated[str | None, typer.Option(help="任何职务，如 委员 / role")] = None,
    as_of: AsOfOption = None,
    reason: Annotated[
        str | None, typer.Option(help="事由（执行时必填；他人可读）/ why; others read it")
    ] = None,
    decided_by: Annotated[str | None, typer.Option("--by", help="决定人，默认当前用户 / who decides")] = None,
    format_: FormatOption = "table",
    output: OutputOption = None,
    excel: ExcelOption = None,
    marked: Annotated[
        Path | None, typer.Option("--marked", help="方案表的标注副本（.xlsx）/ a marked copy of the sheet")
    ] = None,
    show_personal: PersonalOption = False,
    fail: Annotated[
        bool, typer.Option("--fail", help="将产生不符合时退出码为 1 / exit 1 if any appears")
    ] = False,
) -> None:
    """任前核查（--dry-run）或执行任免决定。 Check an appointment before it is made, or make it."""
    target = chosen_file(output, excel)
    if target is not None:
        file_kind(target, format_)  # before anything is decided
    sheet = file if file is not None and is_sheet(file) else None
    if marked is not None and (sheet is None or marked.suffix.lower() != ".xlsx"):
        raise BadParameter(
            "--marked 用于方案表（.xlsx、.csv 等），文件名应以 .xlsx 结尾。",
            "--marked is a copy of a sheet, and ends in .xlsx.",
            subject="marked",
        )
    given = {} if sheet else read_given(file, {"person": person, "body": body, "role": role})
    if sheet is None and (as_of is not None or "as_of" not in given):
        given["as_of"] = (day_of(as_of) or date.today()).isoformat()
    check_body({**given, "reason": reason, "decided_by": decided_by})
    signed: dict[str, Any] = {k: given.pop(k) for k in SIGNED if k in given}
    signature = None if dry_run else signature_of(signed, reason, decided_by)

    async def work(graph: Graph) -> tuple[Proposal, Answer[EffectsShape]]:
        if sheet is not None:
            return await _of_sheet(graph, sheet, day_of(as_of), signature, marked)
        found = await with_ids(graph, given)
        await say_who(graph, given, found)
        read = read_proposal(found)
        if signature is None:
            return read, await rehearse(graph, read)
        return read, await decide(graph, read, signature)

    proposal, answer = with_graph(work, personal=show_personal)
    if target is not None:
        give(
            answer,
            format_,
            EFFECTS,
            title="任前核查" if dry_run else "任免决定",
            output=output,
            excel=excel,
            masked=not show_personal,
            rows=_effect_rows(answer),
        )
    if target is None or format_ == "table":
        _print_effects(answer, format_, dry_run=dry_run, proposal=proposal)
    if fail and answer.data["appear"]:
        raise typer.Exit(1)


async def _of_sheet(
    graph: Graph, path: Path, day: date | None, signature: Signature | None, marked: Path | None
) -> tuple[Proposal, Answer[EffectsShape]]:
    """All rows of a sheet together, rehearsed or carried out; the marked copy also where it is refused."""
    # Here and not above: openpyxl takes long to load, and most proposals are no sheets.
    from graph.appointments.sheets.marked import marked_sheet  # noqa: PLC0415

    try:
        found = await read_changes(graph, path, day)
        assert found.proposal is not None
        try:
            answer = await (
                rehearse(graph, found.proposal)
                if signature is None
                else decide(graph, found.proposal, signature)
            )
        except ProposalRejected as error:
            say_problems(found, error)
            raise SheetRejected(found) from None
    except BadWorkbook as error:
        raise BadParameter(f"{path}：{error.zh}。", f"{path}: {error.en}.", subject=str(path)) from None
    except SheetRejected as error:
        if marked is not None:
            content = marked_sheet(path, error.found, None, error.found.findings)
            say_written(write_whole(marked, content), "有误的单元格已标出", "what is wrong is marked")
        raise
    if marked is not None:
        content = marked_sheet(path, found, answer.data)
        say_written(write_whole(marked, content), "各行的核查结果", "what each row brings")
    return found.proposal, answer


def decisions(format_: FormatOption = "table") -> None:
    """任免决定的记录。 Decisions that were carried out."""

    async def work(graph: Graph) -> Answer[list[DecisionShape]]:
        found = [row_as(DecisionShape, asdict(d)) for d in await read_decisions(graph)]
        return Answer(found, graph.stamp([], {}, await graph.version(), len(found)))

    print_answer(with_graph(work), format_, DECISIONS)


def waivers(
    finding: Annotated[
        str | None, typer.Argument(help="不符合项编号；不给则列出豁免 / a finding to waive")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="理由（他人可读）/ why; others read it")] = None,
    until: Annotated[str | None, typer.Option(help="截止日，不含 / end, exclusive")] = None,
    end: Annotated[str | None, typer.Option(help="终止该编号的豁免 / end this waiver")] = None,
    decided_by: Annotated[str | None, typer.Option("--by", help="决定人 / who decides")] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
) -> None:
    """列出、登记或终止豁免。 List waivers, waive a finding, or end a waiver."""
    day = day_of(as_of)

    async def work(graph: Graph) -> Answer[list[WaiverShape]]:
        if end is not None:
            ended = await end_waiver(graph, end, day)
            return Answer([ended.data], ended.stamp)
        if finding is None:
            return await read_waivers(graph, day)
        excuse = checked(Excuse, {"finding": finding, "reason": reason, "until": until})
        kept = await waive(graph, excuse, decided_by or getpass.getuser(), day)
        return Answer([kept.data], kept.stamp)

    print_answer(with_graph(work), format_, WAIVERS)


def _print_effects(
    answer: Answer[EffectsShape], format_: Format, *, dry_run: bool, proposal: Proposal
) -> None:
    data = answer.data
    warn_of_age(answer.stamp)
    if format_ == "json":
        print_json(enveloped(answer))
        return
    if format_ == "csv":
        print_answer(answer, format_, EFFECTS, rows=_effect_rows(answer))
        return
    for kind, title in KINDS.items():
        if data[kind]:
            console.print(make_table(data[kind], _SHOWN, title=title))
    counts = "，".join(f"{title} {len(data[kind])} 项" for kind, title in KINDS.items())
    console.print(f"{counts}，不变的不符合 {len(data['stay'])} 项。", highlight=False)
    if dry_run:
        console.print(f"未写入任何数据（{len(proposal.changes)} 项改动，{proposal.as_of} 起）。")
    else:
        console.print(f"已执行，决定编号 {data['decision']}。", highlight=False)
        if data["state"] == "pending":
            console.print("记录库暂时无法写入，这项决定将在下次启动或下次决定时补记。", highlight=False)
    console.print(stamp_line(answer.stamp), style="dim", highlight=False)


def _effect_rows(answer: Answer[EffectsShape]) -> list[dict[str, Any]]:
    return [{"effect": kind, **row} for kind in LISTED for row in answer.data[kind]]
