"""Settings, read once from the environment at the entry point and passed on as arguments.

Bottom of the layers; `SETTINGS_TABLE` is the one table that the README and `cobuild doctor` show.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from graph.errors import BadParameter


@dataclass(frozen=True)
class Setting:
    """One row of the settings table: environment variable, field, default as shown, meaning."""

    name: str
    field: str
    default: str
    zh: str
    en: str


SETTINGS_TABLE = (
    Setting("COBUILD_DATA_DIR", "data_dir", "./data", "数据目录", "data folder"),
    Setting("COBUILD_HOST", "host", "127.0.0.1", "监听地址", "address to listen on"),
    Setting("COBUILD_PORT", "port", "8000", "监听端口", "port to listen on"),
    Setting(
        "COBUILD_ALLOW_REMOTE",
        "allow_remote",
        "false",
        "允许监听本机以外的地址（由部署者负责访问控制）",
        "allow listening beyond loopback; the operator answers for access control",
    ),
    Setting(
        "COBUILD_SHOW_PERSONAL",
        "show_personal",
        "false",
        "接口显示个人信息（默认屏蔽）",
        "show personal data in the API (masked by default)",
    ),
    Setting("COBUILD_HEAP", "heap", "768m", "嵌入式引擎的堆上限", "heap limit, embedded engine"),
    Setting(
        "COBUILD_ROW_LIMIT",
        "row_limit",
        "1000000",
        "一次查询的行数上限",
        "most rows of one query",
    ),
    Setting(
        "COBUILD_TIME_LIMIT",
        "time_limit",
        "60",
        "一次查询的时限（秒）",
        "time limit of one query, in seconds",
    ),
    Setting(
        "NEO4J_URI",
        "neo4j_uri",
        "",
        "Neo4j 地址；空则用嵌入式引擎",
        "address of Neo4j; empty: embedded engine",
    ),
    Setting("NEO4J_USER", "neo4j_user", "neo4j", "Neo4j 用户", "Neo4j user"),
    Setting("NEO4J_PASSWORD", "neo4j_password", "", "Neo4j 口令", "Neo4j password"),
    Setting("NEO4J_DATABASE", "neo4j_database", "neo4j", "Neo4j 数据库", "Neo4j database"),
)


class Settings(BaseModel):
    """Everything that a deployment may choose; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = Path("data")
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    allow_remote: bool = False
    show_personal: bool = False
    heap: str = Field(default="768m", pattern=r"^[1-9]\d*[mg]$")
    row_limit: int = Field(default=1_000_000, ge=1)
    time_limit: float = Field(default=60.0, gt=0)
    neo4j_uri: str | None = None
    neo4j_user: str = "neo4j"
    neo4j_password: SecretStr = SecretStr("")
    neo4j_database: str = "neo4j"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the variables of `SETTINGS_TABLE`; an empty value means the default.

        Raises `BadParameter` naming the variable, its value and what was expected.
        """
        given = {s.field: environ[s.name].strip() for s in SETTINGS_TABLE if environ.get(s.name)}
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            name = next(s.name for s in SETTINGS_TABLE if s.field == first["loc"][0])
            shown = "…" if name == "NEO4J_PASSWORD" else repr(environ.get(name))
            raise BadParameter(
                f"环境变量 {name} 的值 {shown} 不合要求：{first['msg']}。",
                f"environment variable {name} is {shown}: {first['msg']}.",
                subject=name,
            ) from None
        settings.check_host()
        return settings

    def check_host(self) -> None:
        """Refuse to listen beyond this machine unless the operator said so: there is no log-in."""
        try:
            local = self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            local = False
        if not local and not self.allow_remote:
            raise BadParameter(
                f"COBUILD_HOST={self.host} 不是本机回环地址；服务没有登录功能，"
                "确需对外监听请设 COBUILD_ALLOW_REMOTE=true 并自行控制访问。",
                f"COBUILD_HOST={self.host} is not a loopback address; the service has no log-in: "
                "set COBUILD_ALLOW_REMOTE=true only if something else controls access.",
                subject="COBUILD_HOST",
            )
