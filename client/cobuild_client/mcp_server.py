"""A server of the Model Context Protocol over a running service; it only reads.

Whoever runs it lends it a key: it sees what that account sees, and every call is on record with it.
"""

from __future__ import annotations

from typing import Any

import anyio
import httpx
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from cobuild_client.problems import Problem
from cobuild_client.tools import Toolbox
from cobuild_client.transport import Transport

INSTRUCTIONS = """社区组织图：覆盖缺口、资源路径、任职核查。先用 places、search 找编号，再问。
每个回答都有 stamp（来源、日期、数据版本），引用数字时请一并说明；unknown 是“未知”，不是“没有”；
＊＊＊ 是不予显示的个人信息，不要猜测。
Graph of neighbourhood organizations. Find ids with places and search first. Every answer has a stamp
(sources, day, data version): quote it with figures. `unknown` means not known, not "none"; ＊＊＊ is
withheld personal data, which must not be guessed. Rows are cut at `limit`; `page.total` counts all."""


def make_server(transport: Transport, version: str) -> Server[Any]:
    """The server over a service that answers now; raises like `Transport.ask`."""
    tools = Toolbox(transport.ask("/openapi.json", {}).json())

    async def list_tools(_context: Any, _page: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=name,
                    description=tools.description(name),
                    input_schema=tools.schema(name),
                    annotations=types.ToolAnnotations(
                        read_only_hint=True, destructive_hint=False, idempotent_hint=True
                    ),
                )
                for name in tools.operations
            ]
        )

    async def call_tool(_context: Any, call: types.CallToolRequestParams) -> types.CallToolResult:
        try:
            request = tools.request(call.name, call.arguments or {})
        except KeyError as missing:
            return _failed(f"没有这个工具或缺少参数：{missing} / no such tool, or an argument is missing")
        except ValueError as wrong:
            return _failed(f"参数不成立：{wrong} / an argument that cannot be: {wrong}")
        try:
            answer = await anyio.to_thread.run_sync(
                lambda: transport.ask(
                    request.path, request.parameters, body=request.body, method=request.method
                )
            )
        except Problem as problem:
            return _failed(f"{problem.zh} / {problem.en}")
        except httpx.TransportError:
            return _failed("连不上服务，请确认其正在运行。/ The service cannot be reached: is it running?")
        text = tools.shortened(call.name, answer.text)
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)])

    return Server(
        "cobuild",
        version=version,
        title="社区组织图 Cobuild",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _failed(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)


async def serve(transport: Transport, version: str) -> None:
    """Answer on standard input and output until the other side closes."""
    server = make_server(transport, version)
    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())
