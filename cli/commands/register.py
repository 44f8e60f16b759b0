"""Registers in a department's own form: columns proposed, corrected and kept, rows loaded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.audit_entry import who_works
from cli.load_report import print_report, write_lines
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
from cli.options import PersonalOption, day_of
from cli.output import console
from cli.session import with_graph
from cli.write_file import OutputOption
from graph.errors import BadParameter
from graph.intake.asked import check_answers
from graph.loading.plan import Options
from graph.loading.register.deliver import OpenQuestions, load_register
from graph.loading.register.forms import Form, keep_form
from graph.loading.register.headings import HeadingProposal
from graph.loading.register.kinds import find_kind
from graph.loading.register.marked import mark_register
from graph.loading.register.said import remember_lists
from graph.loading.register.shown import letters
from graph.loading.register.taking import closed_lists, sheets_of, take_form, what
from graph.model.vocabulary import Register
from graph.reading.graph import Graph
from graph.settings import Settings

SHOWN_NAMES = 20


def register(app: typer.Typer) -> None:
    """Put the command on the application."""
    app.command("register")(read_register)


def read_register(
    file: Annotated[Path, typer.Argument(help="台账文件 .xlsx .xls .ods .csv，原样 / a register as it is")],
    place: Annotated[
        str | None, typer.Option(help="哪里的台账：辖区名称或编号；不写则只识别各列 / area by name or id")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="哪一类台账，如 小区台账；默认按表头判断 / kind of register")
    ] = None,
    form: Annotated[
        str | None, typer.Option(help="表样名称，默认与台账类别同名 / name under which the form is kept")
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(help="更正一列：列名=内容，如 联络人=物业负责人；不读写“不读” / correct a column"),
    ] = None,
    complete: Annotated[
        str | None,
        typer.Option(
            help="哪些内容已列全，如 业委会,物业项目,党组织：没列的就是没有；导入后记入表样，收回写 无"
            " / complete lists, remembered; none takes it back"
        ),
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="台账截至哪天，默认今天 / its day")
    ] = None,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="无法识别的单元格按“不知道”处理 / unreadable is not known")
    ] = False,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="回答疑问：编号=1 是第一个候选，编号=新 是新的，编号=q-… 是别的 / an answer"),
    ] = None,
    as_new: Annotated[
        bool, typer.Option("--as-new", help="未回答的都按新的处理 / what is not answered is new")
    ] = False,
    same_names: Annotated[
        bool,
        typer.Option("--same-names", help="同一社区同名的按同一人 / one name in a community is one person"),
    ] = False,
    constant: Annotated[
        list[str] | None,
        typer.Option(help="表中没有的列，各行统一填写：内容=值，如 社区=清泉社区 / the same in every row"),
    ] = None,
    missing: MissingOption = "report",
    ended_on: EndedOnOption = None,
    history: HistoryOption = None,
    restore: RestoreOption = False,
    take_over: TakeOverOption = False,
    gone: GoneOption = None,
    dry_run: DryRunOption = False,
    output: OutputOption = None,
    errors_to: ErrorsToOption = None,
    show_personal: PersonalOption = False,
) -> None:
    """按单位自己的表样导入台账：识别表头，给出编号，校验后写入。 Load a register in its own form."""
    settings = Settings.from_environment()
    sheets = sheets_of(file)
    columns, same = _parted(column, "column", "列名=内容"), _parted(constant, "constant", "内容=值")
    path, kept, proposals = take_form(sheets, settings.data_dir, kind, form, columns, constants=same)
    print_proposal(kept, proposals, [s.name for s in sheets])
    keep_form(path, kept)
    say(f"表样存于 {path}；有误请改该文件，或用 --column 列名=内容 更正。/ The form is kept there.")
    if place is None:
        say("导入请加 --place 辖区。/ Add --place to load it.")
        return
    day = day_of(on) or date.today()
    digest = sha256(file.read_bytes()).hexdigest()
    closed = closed_lists(complete, find_kind(kept.kind))

    async def work(graph: Graph) -> None:
        await check_answers(graph, None, dict(answered(answer or [])))
        for number, word in answered(answer or []):
            await graph.ledger.questions.answer(number, word)
        marking = marked_copy(file, errors_to, mark_register)
        with shown_progress() as progress, shown_questions(), marking, turn(settings, dry_run):
            done = await load_register(
                graph.store,
                graph.ledger,
                file,
                digest=digest,
                form=kept,
                proposals=proposals,
                place=place,
                on=day,
                lenient=lenient,
                as_new=as_new,
                same_names=same_names,
                complete=closed,
                options=Options(missing, day_of(ended_on), history, restore, take_over, gone),
                who=who_works(),
                dry_run=dry_run,
                progress=progress,
            )
            if not dry_run and closed is not None:
                await remember_lists(graph.store, done, path, kept)
        print_report(done.report, personal=show_personal)
        say(f"读了 {done.rows} 行。/ {done.rows} rows.")
        if not dry_run and closed is not None and done.area is not None:
            listed = "、".join(Register[each].zh for each in sorted(done.complete))
            told = f"列全了{listed}，下次不必再写；收回：--complete 无" if listed else "不再说列全了什么"
            say(f"表样记下：{done.area.name}的台账{told}。/ Remembered.")
        for title, names in (
            ("新建的社区，请核对 / new communities", done.new_areas),
            ("仅按名称与图中已有的对上 / matched by name alone", done.by_name),
        ):
            if names:
                say(f"{title}：{len(names)}：{'、'.join(names[:SHOWN_NAMES])}")
        if output is not None:
            write_lines([done.report], output, personal=show_personal)
        if not dry_run:
            await forget_delivered(graph)

    with_graph(work)


@contextmanager
def shown_questions() -> Iterator[None]:
    """Where a name may mean what the graph has, show what it may be and how to answer."""
    try:
        yield
    except OpenQuestions as error:
        for asked in error.questions:
            say(f"{asked.number}. {asked.name}（{asked.place}）是不是图中已有的：")
            for n, candidate in enumerate(asked.candidates, start=1):
                where = f"{candidate.place}，{candidate.id}，相似 {candidate.likeness}"
                say(f"     {n} {candidate.name}（{where}）")
        if any(asked.label == "Person" for asked in error.questions):
            say("疑问里不写姓名；看候选人：cobuild search 编号 --show-personal。/ Names are not shown here.")
        first = error.questions[0].number
        say(f"回答：--answer {first}=1，或 --answer {first}=新；全部按新的：--as-new。/ Answer so.")
        raise


def answered(given: list[str]) -> list[tuple[int, str]]:
    """Numbers of questions with their answers; raises `BadParameter`."""
    parted = [text.replace("＝", "=").partition("=") for text in given]
    for number, _, word in parted:
        if not number.strip().isdigit() or not word.strip():
            raise BadParameter("--answer 写作 3=1 或 3=新。", "--answer is 3=1 or 3=新.", subject="answer")
    return [(int(number), word.strip()) for number, _, word in parted]


def say(text: str) -> None:
    """A line for the clerk, as it is."""
    console.print(text, highlight=False, markup=False, soft_wrap=True)


def print_proposal(form: Form, proposals: list[HeadingProposal], sheets: list[str]) -> None:
    """What each column is taken for, with values from it, and which sheets are not read."""
    unread = [name for name in sheets if name not in [p.sheet.name for p in proposals]]
    if unread:
        why = "没有表头、已隐藏，或不是逐条登记的"
        say(f"未读取的工作表（{why}）：{'、'.join(unread)}。/ Sheets that are not read.")
    kind = find_kind(form.kind)
    for proposal in proposals:
        table = Table(title=f"{form.kind}：{proposal.sheet.name}，表头第 {proposal.last + 1} 行")
        for heading in ("列", "表头", "作为", "样例"):
            table.add_column(heading, overflow="fold")
        for column in proposal.columns:
            table.add_row(
                letters(column.index), column.heading, what(kind, column.field), "；".join(column.samples)
            )
        console.print(table)


def _parted(given: list[str] | None, option: str, form: str) -> dict[str, str]:
    parted = [text.replace("＝", "=").rpartition("=") for text in given or ()]
    for heading, _, word in parted:
        if not heading or not word:
            raise BadParameter(f"--{option} 写作 {form}。", f"--{option} is NAME=VALUE.", subject=option)
    return {heading.strip(): word.strip() for heading, _, word in parted}
