"""Commands about the audit trail: read, export, verify, prune."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from cli.audit_entry import command_entry, with_ledger
from cli.commands.cypher import RowFormat
from cli.files import say_written, whole_file
from cli.options import FormatOption
from cli.output import console, errors, make_table, print_csv, print_json
from cli.session import fail_if
from graph.characters import BOM, json_writable
from graph.errors import BadParameter
from graph.labels import headings
from graph.ledger import Entry, Filter, Ledger, Verification
from graph.reports.tables.csv_file import csv_line

SHOWN = headings(
    Entry, "seq", "at", "who", "role", "area", "what", "parameters", "personal", "reason", "status", "rows"
)
COLUMNS = ["seq", *(f.name for f in fields(Entry) if f.name != "seq")]
KEPT_DAYS = 184
"""No six months are longer; so long network logs are kept by the Cybersecurity Law (网络安全法)."""

audit = typer.Typer(help="审计记录。 The audit trail.", no_args_is_help=True)

TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]
SinceOption = Annotated[
    datetime | None, typer.Option(formats=TIMES, help="自此时（本机时区） / from, local time")
]
UntilOption = Annotated[datetime | None, typer.Option(formats=TIMES, help="至此时，不含 / before")]
WhoOption = Annotated[str | None, typer.Option(help="用户 / who")]
WhatOption = Annotated[str | None, typer.Option(help="操作，只写开头即可 / what, its beginning")]
PersonalFilter = Annotated[
    bool | None, typer.Option("--personal/--no-personal", help="是否显示了个人信息 / personal data shown")
]


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.add_typer(audit, name="audit")


@audit.command("list")
def list_(
    since: SinceOption = None,
    until: UntilOption = None,
    who: WhoOption = None,
    what: WhatOption = None,
    personal: PersonalFilter = None,
    limit: Annotated[int, typer.Option(min=1, help="最近几条 / the last so many")] = 50,
    format_: Annotated[RowFormat, typer.Option("--format", help="输出格式 / format")] = "table",
) -> None:
    """最近的审计记录。 The last entries."""
    found = Filter(since, until, who, what, personal)
    rows = [_row(e) for e in with_ledger(lambda ledger: ledger.audit.latest(found, limit=limit))]
    if format_ == "table":
        shown = [{**row, "parameters": _json(row["parameters"])} for row in rows]
        console.print(make_table(shown, SHOWN))
    elif format_ == "json":
        print_json(rows)
    else:
        first, line = _writer(format_)
        sys.stdout.write(first.removeprefix(BOM) + "".join(line(row) for row in rows))


@audit.command()
def export(
    since: SinceOption = None,
    until: UntilOption = None,
    who: WhoOption = None,
    what: WhatOption = None,
    personal: PersonalFilter = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="文件，默认标准输出 / file, or stdout")
    ] = None,
    format_: Annotated[
        RowFormat | None, typer.Option("--format", help="csv 或 jsonl，默认按文件名 / csv or jsonl")
    ] = None,
) -> None:
    """导出审计记录，行数不限。 Export the entries, however many."""
    kind = _kind(output, format_)
    found = Filter(since, until, who, what, personal)

    async def work(ledger: Ledger) -> int:
        first, line = _writer(kind)
        done = 0
        with ExitStack() as stack:
            if output is None:
                write: Callable[[str], Any] = sys.stdout.write
            else:
                file = stack.enter_context(whole_file(output))
                write = lambda text: file.write(text.encode())  # noqa: E731
            bar = stack.enter_context(Progress(console=errors, transient=True))
            task = bar.add_task("审计记录", total=await ledger.audit.count(found))
            write(first)
            async for part in ledger.audit.read_all(found):
                write("".join(line(_row(entry)) for entry in part))
                done += len(part)
                bar.update(task, completed=done)
        return done

    done = with_ledger(work)
    if output is not None:
        say_written(output.expanduser().resolve(), f"{done} 条", f"{done} entries")


@audit.command()
def verify(
    head: Annotated[
        str | None, typer.Option(help="以前记下的链尾，序号:哈希 / a head noted before, SEQ:HASH")
    ] = None,
    format_: FormatOption = "table",
) -> None:
    """核验整条链；被改动则退出码为 1。 Verify the chain; exit code 1 if it is broken."""
    noted = None if head is None else _head(head)
    found = with_ledger(lambda ledger: ledger.audit.verify(noted))
    row = asdict(found)
    if format_ == "json":
        print_json(row)
    elif format_ == "csv":
        print_csv([{**row, "head": _verification_text(found)}])
    elif found.ok:
        console.print(f"审计记录完整，共 {found.entries} 条。/ The chain holds.", highlight=False)
        if found.head is not None:
            console.print("请将链尾另处记下，日后以 --head 核验。/ Note the head elsewhere:")
            console.print(_verification_text(found), highlight=False, soft_wrap=True)
    else:
        _say_broken(found)
    fail_if(not found.ok)


@audit.command()
def prune(
    before: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="删除此日之前的 / entries before this day")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="确认删除 / really remove them")] = False,
    keep_less: Annotated[
        bool, typer.Option("--keep-less", help=f"允许保留不足 {KEPT_DAYS} 天 / keep fewer days than that")
    ] = False,
) -> None:
    """删除到期的审计记录；删除本身留有记录。 Remove old entries; that is on record too."""
    last = date.today() - timedelta(days=0 if keep_less else KEPT_DAYS)
    if before.date() > last:
        raise BadParameter(
            f"--before 最晚为 {last}：审计记录至少保留 {KEPT_DAYS} 天"
            "（加 --keep-less 可少于此，但不得晚于今天）。",
            f"--before is {last} at the latest: entries are kept {KEPT_DAYS} days at least "
            "(fewer with --keep-less, today at the latest).",
            subject="before",
        )

    async def work(ledger: Ledger) -> tuple[Verification, int]:
        if not yes:
            count = await ledger.audit.count(Filter(until=before))
            raise BadParameter(
                f"将删除 {count} 条，不可恢复；确认请加 --yes。",
                f"{count} entries would be removed for ever; add --yes to do it.",
                subject="yes",
            )
        # What was tampered with is evidence: it is not to go with the old entries.
        found = await ledger.audit.verify()
        if not found.ok:
            return found, 0
        entry = command_entry("audit prune", before=str(before.date()), keep_less=keep_less or None)
        return found, await ledger.audit.prune(before, entry)

    found, gone = with_ledger(work)
    if not found.ok:
        _say_broken(found)
        errors.print("未删除任何记录。/ Nothing was removed.")
    else:
        errors.print(f"已删除 {gone} 条。/ {gone} entries were removed.", highlight=False)
    fail_if(not found.ok)


def _row(entry: Entry) -> dict[str, Any]:
    known = asdict(entry) | {"at": entry.at.isoformat(timespec="microseconds")}
    return {name: known[name] for name in COLUMNS}


def _kind(output: Path | None, format_: RowFormat | None) -> RowFormat:
    ending = "" if output is None else output.suffix.lower().removeprefix(".")
    by_name: RowFormat | None = "csv" if ending == "csv" else "jsonl" if ending == "jsonl" else None
    kind = format_ or by_name or ("jsonl" if output is None else None)
    if kind not in ("csv", "jsonl") or by_name not in (None, kind):
        raise BadParameter(
            "导出格式为 csv 或 jsonl，且与文件名一致。",
            "the export is csv or jsonl, as the file's name says.",
            subject="format",
        )
    return kind


def _writer(kind: RowFormat) -> tuple[str, Callable[[dict[str, Any]], str]]:
    """What stands first, and how an entry becomes a line."""
    if kind == "csv":
        return BOM + csv_line(COLUMNS), _csv
    return "", lambda row: f"{_json(row)}\n"


def _csv(row: dict[str, Any]) -> str:
    return csv_line((row | {"parameters": _json(row["parameters"])}).values())


def _json(value: Any) -> str:
    return json_writable(json.dumps(value, ensure_ascii=False))


def _head(text: str) -> tuple[int, str]:
    seq, colon, digest = text.partition(":")
    if not (colon and seq.isdecimal() and len(digest) == 64):  # noqa: PLR2004  SHA-256 in hex
        raise BadParameter(
            "--head 应为 序号:哈希，如 cobuild audit verify 所示。",
            "--head is SEQ:HASH, as `cobuild audit verify` prints it.",
            subject="head",
        )
    return int(seq), digest


def _verification_text(found: Verification) -> str:
    return "" if found.head is None else f"{found.head[0]}:{found.head[1]}"


def _say_broken(found: Verification) -> None:
    errors.print(f"审计记录被改动！{found.why_zh}", style="bold red", highlight=False, markup=False)
    errors.print(f"The audit trail was tampered with: {found.why_en}", highlight=False, markup=False)
