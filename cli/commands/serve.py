"""Commands about the service itself: run, doctor."""

from __future__ import annotations

import asyncio
import os
import socket
from typing import Annotated

import typer
import uvicorn

from cli.audit_entry import who_works
from cli.diagnosis import diagnose
from cli.files import say_stage
from cli.load_report import print_report
from cli.loading import shown_progress
from cli.options import FormatOption
from cli.output import console, make_table, print_csv, print_json
from cli.serving import server_config
from cli.summary import print_summary
from graph.errors import EnvironmentFault
from graph.loading.load import load_delivery
from graph.loading.order import seed_folders
from graph.reading.wiring import open_graph
from graph.settings import Settings


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.command()(run)
    app.command()(doctor)


def run(
    seed: Annotated[
        bool, typer.Option("--seed", help="先导入随附数据并显示概要 / load seed_data first")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="显示概要后结束，不启动服务 / end after the summary")
    ] = False,
) -> None:
    """启动服务（数据目录中有什么就提供什么）。 Serve what the data folder holds."""
    settings = Settings.from_environment()
    if not check:
        check_port(settings)
    config = server_config(settings)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_run(settings, uvicorn.Server(config), seed=seed, check=check))


async def _run(settings: Settings, server: uvicorn.Server, *, seed: bool, check: bool) -> None:
    if not check:  # while the engine starts in a process of its own
        loading = asyncio.create_task(asyncio.to_thread(server.config.load))
    stages = 3 if seed else 1
    say_stage("启动图数据库引擎（数秒）", "starting the engine, some seconds", 1, stages)
    async with open_graph(settings) as graph:
        if seed:
            folders = seed_folders()
            expected = "首次约半分钟，其后数秒 / half a minute at first, then seconds"
            say_stage(f"导入随附的 {len(folders)} 份数据（{expected}）", "loading", 2, stages)
            with shown_progress() as progress:
                for folder in folders:
                    report = await load_delivery(graph.store, folder, who=who_works(), progress=progress)
                    print_report(report)
            say_stage(
                "汇总（约十秒）；同时开始服务", "the summary, ten seconds; serving meanwhile", 3, stages
            )
        if check:
            await print_summary(graph)
            return
        # The lease of this process keeps the engine up until the application has its own. It
        # answers at once; the summary, which asks a good deal, comes while it does.
        await loading
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.02)
        if seed and not serving.done():
            _print_address(settings)
            await print_summary(graph)
        if not serving.done():
            _print_address(settings)
        await serving


def _print_address(settings: Settings) -> None:
    address = f"http://{settings.host}:{settings.port}"
    console.print(
        f"网页 {address}/ ，接口 {address}/api/v1/ ，接口说明 {address}/docs ，按 Ctrl-C 停止。",
        highlight=False,
    )


def check_port(settings: Settings) -> None:
    """Raises `EnvironmentFault` if another program listens there already."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise EnvironmentFault(
                f"无法监听 {settings.host}:{settings.port}（{error.strerror}）；"
                "请停止占用该端口的程序，或用 COBUILD_PORT 换一个端口。",
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}): stop what "
                "uses the port, or choose another with COBUILD_PORT.",
                subject="COBUILD_PORT",
            ) from None


def doctor(format_: FormatOption = "table") -> None:
    """检查环境：版本、引擎、数据目录，有问题时说明如何处理。 What is wrong and how to mend it."""
    rows = asyncio.run(diagnose())
    if format_ == "json":
        print_json(rows)
    elif format_ == "csv":
        print_csv(rows)
    else:
        headings = {"item": "项目", "value": "现状", "mend": "如何处理"}
        console.print(make_table(rows, headings))
    if any(row["mend"] for row in rows):
        raise typer.Exit(3)
