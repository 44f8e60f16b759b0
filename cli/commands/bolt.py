"""The command that lets other programs read the embedded engine: address and a log-in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import typer

from cli.options import FormatOption, PersonalOption
from cli.output import console, errors, make_table, print_csv, print_json
from cli.session import with_graph
from graph.errors import BadParameter, Forbidden
from graph.reading.graph import Graph
from graph.settings import Settings
from graph.store.engine import EmbeddedEngine
from graph.store.schema import declare_types

SHOWN = {"uri": "地址", "user": "用户", "password": "口令", "database": "数据库"}


@dataclass(frozen=True)
class LogIn:
    """What Neo4j Browser, cypher-shell or a driver asks for."""

    uri: str
    user: str
    password: str
    database: str


def register(app: typer.Typer) -> None:
    """Put the command of this module on the application."""
    app.command()(bolt)


def bolt(format_: FormatOption = "table", show_personal: PersonalOption = False) -> None:
    """只读登录：供 cypher-shell 等直接读取嵌入式引擎。 A read-only log-in for other programs."""
    settings = Settings.from_environment()
    if settings.neo4j_uri is not None:
        raise BadParameter(
            "已设 NEO4J_URI：企业版和 Aura 请用角色为 reader 的用户登录；社区版没有角色，任何用户都可写入，"
            "请改用 HTTP 接口（docs/tools.md）。",
            "NEO4J_URI is set: on Enterprise or Aura log in as a user with the role reader. Community has no "
            "roles, every user may write there: use the HTTP API instead (docs/tools.md).",
            subject="NEO4J_URI",
        )
    if not show_personal:
        raise Forbidden(
            "该登录可读全部数据，包括个人信息；确需使用请加 --show-personal。",
            "this log-in reads everything, personal data too: say --show-personal.",
        )
    shared = bool(EmbeddedEngine(settings.data_dir).describe()["running"])

    async def work(graph: Graph) -> None:
        assert graph.store.engine is not None
        await declare_types(graph.store)
        address = await graph.store.engine.ensure()
        row = vars(LogIn(address.uri, *address.outside, address.database))
        if format_ == "json":
            print_json([row])
        elif format_ == "csv":
            print_csv([row])
        else:
            console.print(make_table([row], SHOWN))
        if not shared:
            errors.print("引擎随本命令运行，按 Ctrl-C 停止。/ the engine runs until Ctrl-C.")
            await asyncio.Event().wait()

    with_graph(work, personal=show_personal)
