"""What `cobuild doctor` looks at: one row per thing, with how to mend it where it is wrong."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graph import __version__
from graph.catalogue import Catalogue
from graph.catalogue.profiles import Profiles
from graph.errors import BadParameter, EngineUnavailable, EnvironmentFault, FolderFull, GraphError
from graph.reading.deployment import join
from graph.reading.wiring import make_ledger
from graph.settings import SETTINGS_TABLE, Settings
from graph.store import Member, Store, open_store
from graph.store.engine import EmbeddedEngine
from graph.store.version import read_loads, read_state

PACKAGES = ("neo4j", "neo4j-rust-ext", "arcadedb-embedded", "fastapi", "networkx", "pydantic", "uvicorn")
OLDEST_PYTHON = (3, 11)
SHOWN_DAMAGE = 3
RELOAD = "没有备份的，将数据目录中的 engine 移走后重新导入各来源（记录库 ledger.db 保留）"


async def diagnose() -> list[dict[str, Any]]:
    """Rows with `item`, `value` and `mend` (empty where all is well)."""
    rows = [_row("cobuild", __version__), _python(), _row("系统 / system", platform.platform())]
    rows += [_package(name) for name in PACKAGES]
    try:
        settings = Settings.from_environment()
    except BadParameter as error:
        return [*rows, _row("设置 / settings", error.subject or "", error.zh)]
    rows += [_setting(s.name) for s in SETTINGS_TABLE if os.environ.get(s.name)]
    folder = settings.data_dir.resolve()
    full = FolderFull(folder).zh if FolderFull.explains(folder) else ""
    rows.append(_row("数据目录 / data folder", str(folder), full))
    try:
        catalogue = Catalogue.load()
        Profiles.load(catalogue)
        rows.append(_row("查询目录 / catalogue", f"{len(catalogue)} 个文件，无问题"))
    except GraphError as error:
        rows.append(_row("查询目录 / catalogue", "有问题", error.zh))
    return rows + await _engine(settings)


async def _engine(settings: Settings) -> list[dict[str, Any]]:
    item = "图引擎 / engine"
    try:
        async with open_store(settings) as store:
            rows = [_row(item, f"{await store.version()} @ {store.address}")]
            if store.engine is not None:
                described = store.engine.describe()
                keys = ("pid", "heap", "log_file")
                rows += [_row(f"嵌入式引擎 / embedded {k}", str(described.get(k))) for k in keys]
                rows.append(await _files(store.engine))
            if store.position is not None:
                rows += [_member(member) for member in await store.members()]
            rows.append(await _together(settings, store))
            state = await read_state(store)
            loads = await read_loads(store)
            mend = "用 cobuild load --resume 或 --discard 结束它" if state.loading else ""
            if state.outdated and not state.loading:
                mend = "缺少本版本所用的推导关系：运行 cobuild verify --rebuild"
            rows.append(_row("数据版本 / data version", str(state.version), mend))
            places = "、".join(str(load["place"]) for load in loads) or "（尚未导入）"
            rows.append(_row("已导入 / loaded", places))
            return rows
    except GraphError as error:
        mend = f"{error.zh} {error.en}"
        if settings.neo4j_uri is None and isinstance(error, EngineUnavailable):
            mend = f"日志显示文件损坏的，用 cobuild restore 恢复最近的备份；{RELOAD}。{mend}"
        return [_row(item, "无法使用 / not usable", mend)]


def _member(member: Member) -> dict[str, Any]:
    """One address of a cluster; a load may be on its way to a member that is behind."""
    seen = f"数据版本 {member.version}" if member.version is not None else "无法连接 / not seen"
    return _row(f"集群成员 / member {member.address}", seen, member.why)


async def _files(engine: EmbeddedEngine) -> dict[str, Any]:
    """Whether the engine's files hold what they should: records, links, indexes."""
    item = "数据文件 / data files"
    found = await engine.check()
    if found is None:
        return _row(item, "未检查 / not checked", "引擎没有响应：停止所有 cobuild 进程后再检查")
    if not found:
        return _row(item, "完好 / sound")
    shown = "；".join(found[:SHOWN_DAMAGE])
    return _row(item, f"已损坏 / damaged: {shown}", f"停止服务，用 cobuild restore 恢复最近的备份；{RELOAD}")


async def _together(settings: Settings, store: Store) -> dict[str, Any]:
    """Whether graph and ledger are of one deployment."""
    item = "图与记录库 / graph and ledger"
    ledger = make_ledger(settings)
    try:
        return _row(item, await join(store, ledger))
    except EnvironmentFault as error:
        return _row(item, error.en, error.zh)
    finally:
        await ledger.close()


def _python() -> dict[str, Any]:
    fine = sys.version_info >= OLDEST_PYTHON
    return _row("Python", platform.python_version(), "" if fine else "需要 Python 3.11 或更新")


def _package(name: str) -> dict[str, Any]:
    try:
        return _row(name, version(name))
    except PackageNotFoundError:
        if name == "arcadedb-embedded":
            return _row(name, "未安装", "本系统没有嵌入式引擎的安装包：请设置 NEO4J_URI 使用 Neo4j")
        return _row(name, "未安装", "请重新执行 make run 安装依赖")


def _setting(name: str) -> dict[str, Any]:
    secret = "PASSWORD" in name or name == "COBUILD_LEDGER_URL" or "@" in os.environ[name]
    shown = "（已设置）" if secret else os.environ[name]
    return _row(name, shown)


def _row(item: str, value: str, mend: str = "") -> dict[str, Any]:
    return {"item": item, "value": value, "mend": mend}
