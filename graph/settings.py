"""Settings, read once from the environment at the entry point and passed on as arguments.

`SETTINGS_TABLE` is the one table that the README and `cobuild doctor` show.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from graph.errors import BadParameter
from graph.validation import complain, validation_error
from graph.variables import Variable, table_of

_SECRET = ("NEO4J_PASSWORD", "COBUILD_LEDGER_URL", "COBUILD_OIDC_SECRET")


class Settings(BaseModel):
    """Everything that a deployment may choose; frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Annotated[Path, Variable("COBUILD_DATA_DIR", "数据目录", "data folder")] = Path("data")
    host: Annotated[str, Variable("COBUILD_HOST", "监听地址", "address to listen on")] = "127.0.0.1"
    port: Annotated[int, Variable("COBUILD_PORT", "监听端口", "port to listen on"), Field(ge=0, le=65535)] = (
        8000
    )
    auth: Annotated[
        Literal["none", "required"],
        Variable(
            "COBUILD_AUTH",
            "登录：none 不登录（仅限本机），required 须有密钥或令牌",
            "none: no log-in (this machine only); required: a key or token for every request",
        ),
    ] = "none"
    oidc_issuer: Annotated[
        str | None, Variable("COBUILD_OIDC_ISSUER", "令牌签发者", "issuer of OpenID Connect tokens")
    ] = None
    oidc_audience: Annotated[str, Variable("COBUILD_OIDC_AUDIENCE", "令牌对象", "audience of the tokens")] = (
        "cobuild"
    )
    oidc_keys: Annotated[
        str,
        Variable(
            "COBUILD_OIDC_KEYS",
            "签发者公钥（JWKS）的文件或地址",
            "file or address of the issuer's keys (JWKS)",
        ),
    ] = ""
    oidc_client: Annotated[
        str | None,
        Variable(
            "COBUILD_OIDC_CLIENT",
            "网页在签发者处登记的客户端编号；不设则网页只用密钥登录",
            "client under which the page is registered there; without it the page logs in by key only",
        ),
    ] = None
    oidc_secret: Annotated[
        SecretStr, Variable("COBUILD_OIDC_SECRET", "该客户端的口令（如有）", "secret of that client, if any")
    ] = SecretStr("")
    oidc_scope: Annotated[
        str, Variable("COBUILD_OIDC_SCOPE", "网页登录时请求的范围", "scope that the page's log-in asks for")
    ] = "openid profile"
    oidc_role_claim: Annotated[
        str, Variable("COBUILD_OIDC_ROLE_CLAIM", "令牌中角色的字段", "claim that holds the role")
    ] = "cobuild_role"
    oidc_area_claim: Annotated[
        str, Variable("COBUILD_OIDC_AREA_CLAIM", "令牌中辖区的字段", "claim that holds the area")
    ] = "cobuild_area"
    oidc_keys_age: Annotated[
        int,
        Variable(
            "COBUILD_OIDC_KEYS_AGE",
            "公钥最多用多少秒即须重新读取；撤回的公钥此后不再有效",
            "seconds after which the issuer's keys are read anew: a withdrawn key holds no longer",
        ),
        Field(ge=1, le=86400),
    ] = 300
    proxies: Annotated[
        str,
        Variable(
            "COBUILD_PROXIES",
            "可信的反向代理（地址或网段，逗号分隔）；只采信它们的 X-Forwarded-For",
            "reverse proxies whose X-Forwarded-For is believed: addresses or networks, with commas",
        ),
    ] = ""
    origins: Annotated[
        str,
        Variable(
            "COBUILD_ORIGINS",
            "允许其网页直接读取接口的来源（如 http://10.0.0.5:8080，逗号分隔）；空则都不允许",
            "origins whose pages may read the API, such as http://10.0.0.5:8080, with commas; empty: none",
        ),
    ] = ""
    rate_limit: Annotated[
        str,
        Variable("COBUILD_RATE_LIMIT", "每个调用者的请求频率上限", "most requests of one caller"),
        Field(pattern=r"^[1-9]\d*/(second|minute|hour)$"),
    ] = "1200/minute"
    at_once: Annotated[
        int,
        Variable(
            "COBUILD_AT_ONCE",
            "同时处理几个问题，其余按调用者轮流等候",
            "how many questions are at work at once; the others wait, callers in turn",
        ),
        Field(ge=1, le=1000),
    ] = 4
    copies: Annotated[
        int,
        Variable("COBUILD_COPIES", "最多保留几个辖区副本", "most copies of areas that are kept open"),
        Field(ge=1),
    ] = 4
    kept: Annotated[
        int,
        Variable(
            "COBUILD_KEPT",
            "核查和覆盖结果最多保存多少兆字节；0 为不保存，每次重新计算",
            "most megabytes of findings that are kept; 0: none, everything is found anew each time",
        ),
        Field(ge=0, le=1_000_000),
    ] = 512
    kept_days: Annotated[
        int,
        Variable(
            "COBUILD_KEPT_DAYS",
            "保存的结果多少天未用即删除",
            "days after which kept findings that were not asked for are removed",
        ),
        Field(ge=1, le=36500),
    ] = 30
    columns: Annotated[
        bool,
        Variable(
            "COBUILD_COLUMNS",
            "核查和覆盖是否在本程序内对内存中的图计算（须保存结果，见 COBUILD_KEPT）；否则由引擎计算",
            "find rules and dimensions in this program, over the graph in memory, where findings are kept; "
            "else the engine does",
        ),
    ] = True
    columns_most: Annotated[
        int,
        Variable(
            "COBUILD_COLUMNS_MOST",
            "图中的节点和关系多于此数，或将占内存四分之一以上时，由引擎计算（每百万约占 250 MB）",
            "most nodes and edges of a graph that is put into memory, some 250 MB a million, and never more "
            "than a quarter of it; above it the engine finds",
        ),
        Field(ge=0),
    ] = 8_000_000
    prepare: Annotated[
        bool,
        Variable(
            "COBUILD_PREPARE",
            "服务是否在数据变化后和每天自行预先计算（cobuild prepare），cobuild load 之后亦然",
            "find everything beforehand (`cobuild prepare`): the service by itself after every change of the "
            "data and every day, and `cobuild load` at its end",
        ),
    ] = False
    register_days: Annotated[
        int,
        Variable(
            "COBUILD_REGISTER_DAYS",
            "台账交付后多少天内应有新的交付；统计日期更晚时予以提醒",
            "days in which a register is delivered anew; an answer for a later day says so",
        ),
        Field(ge=1, le=36500),
    ] = 92
    ledger_url: Annotated[
        SecretStr | None,
        Variable(
            "COBUILD_LEDGER_URL",
            "记录库所在的 PostgreSQL；空则用数据目录中的 SQLite",
            "PostgreSQL that holds the ledger; empty: SQLite in the data folder",
        ),
    ] = None
    logs: Annotated[
        Path | None,
        Variable(
            "COBUILD_LOGS",
            "日志目录（访问与错误，自动轮换，不含个人信息）；空则错误写到标准错误",
            "folder of logs (access and errors, rotated, no personal data); empty: errors on standard error",
        ),
    ] = None
    fonts: Annotated[
        Path | None,
        Variable(
            "COBUILD_FONTS",
            "放有中文字体的目录，PDF 用；空则用随附的 Noto Sans CJK",
            "folder with a Chinese font for PDF; empty: Noto Sans CJK, which comes along",
        ),
    ] = None
    show_personal: Annotated[
        bool,
        Variable(
            "COBUILD_SHOW_PERSONAL",
            "接口显示个人信息（默认屏蔽）",
            "show personal data in the API (masked by default)",
        ),
    ] = False
    heap: Annotated[
        str,
        Variable("COBUILD_HEAP", "嵌入式引擎的堆上限", "heap limit, embedded engine"),
        Field(pattern=r"^[1-9]\d*[mg]$"),
    ] = "768m"
    engine_compiler: Annotated[
        Literal["full", "quick"],
        Variable(
            "COBUILD_ENGINE_COMPILER",
            "嵌入式引擎的编译方式：full 适合长期运行，quick 启动省一半处理器时间，适合一次性命令",
            "how the embedded engine is compiled: full for a service, quick starts with half of the "
            "processor time and suits single commands",
        ),
    ] = "full"
    row_limit: Annotated[
        int,
        Variable(
            "COBUILD_ROW_LIMIT",
            "一次提问（目录查询、Cypher）的行数上限；服务自身的读取不受限",
            "most rows of one question (a query of the catalogue, Cypher); what the service reads for "
            "itself is not held to it",
        ),
        Field(ge=1),
    ] = 1_000_000
    time_limit: Annotated[
        float,
        Variable("COBUILD_TIME_LIMIT", "一次查询的时限（秒）", "time limit of one query, in seconds"),
        Field(gt=0),
    ] = 60.0
    neo4j_uri: Annotated[
        str | None,
        Variable(
            "NEO4J_URI",
            "Neo4j 地址，集群的各成员以逗号分隔；空则用嵌入式引擎",
            "address of Neo4j, members of a cluster with commas; empty: embedded engine",
        ),
    ] = None
    neo4j_user: Annotated[str, Variable("NEO4J_USER", "Neo4j 用户", "Neo4j user")] = "neo4j"
    neo4j_password: Annotated[SecretStr, Variable("NEO4J_PASSWORD", "Neo4j 口令", "Neo4j password")] = (
        SecretStr("")
    )
    neo4j_database: Annotated[str, Variable("NEO4J_DATABASE", "Neo4j 数据库", "Neo4j database")] = "neo4j"

    @field_validator("proxies")
    @classmethod
    def _check_proxies(cls, given: str) -> str:
        """Addresses and networks, as they are given; a name or `*` would trust too much."""
        try:
            for part in filter(None, given.split(",")):
                ip_network(part.strip())
        except ValueError:
            raise validation_error(
                "应为 IP 地址或网段，以逗号分隔", "expected IP addresses or networks, with commas between"
            ) from None
        return given

    @field_validator("origins")
    @classmethod
    def _check_origins(cls, given: str) -> str:
        """Origins as a browser sends them; `*` would let any page read what the caller may see."""
        for part in (p.strip() for p in given.split(",") if p.strip()):
            split = urlsplit(part)
            if split.scheme not in ("http", "https") or part != f"{split.scheme}://{split.netloc}":
                raise validation_error(
                    f"{part} 应为 http(s)://主机[:端口]，不含路径，不可用 *",
                    f"{part} should be http(s)://host[:port] without a path; * is not allowed",
                )
            if not split.hostname or split.username is not None:
                raise validation_error(f"{part} 缺少主机名", f"{part} has no plain host name")
        return given

    @property
    def allowed_origins(self) -> list[str]:
        """The origins whose pages may read the API."""
        return [part.strip() for part in self.origins.split(",") if part.strip()]

    @property
    def trusted_proxies(self) -> list[str]:
        """The reverse proxies that are believed, each an address or a network."""
        return [part.strip() for part in self.proxies.split(",") if part.strip()]

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
            shown = "…" if name in _SECRET else repr(environ.get(name))
            zh, en = complain(first)
            raise BadParameter(
                f"环境变量 {name} 的值 {shown} 不合要求：{zh}。",
                f"environment variable {name} is {shown}: {en}.",
                subject=name,
            ) from None
        settings.check_host()
        return settings

    def check_host(self) -> None:
        """Refuse to listen beyond this machine without log-in, and half of a provider."""
        try:
            local = self.host == "localhost" or ip_address(self.host).is_loopback
        except ValueError:
            local = False
        if not local and self.auth == "none":
            raise BadParameter(
                f"COBUILD_HOST={self.host} 不是本机回环地址；对外监听须设 COBUILD_AUTH=required。",
                f"COBUILD_HOST={self.host} is not a loopback address: listening beyond this "
                "machine takes COBUILD_AUTH=required.",
                subject="COBUILD_HOST",
            )
        if self.oidc_issuer is not None and not self.oidc_keys:
            raise BadParameter(
                "设了 COBUILD_OIDC_ISSUER，还须设 COBUILD_OIDC_KEYS（公钥文件或地址）。",
                "COBUILD_OIDC_ISSUER takes COBUILD_OIDC_KEYS too: a file or address of its keys.",
                subject="COBUILD_OIDC_KEYS",
            )
        if self.oidc_client is not None and self.oidc_issuer is None:
            raise BadParameter(
                "设了 COBUILD_OIDC_CLIENT，还须设 COBUILD_OIDC_ISSUER（在谁那里登录）。",
                "COBUILD_OIDC_CLIENT takes COBUILD_OIDC_ISSUER too: at whom the page logs in.",
                subject="COBUILD_OIDC_ISSUER",
            )


SETTINGS_TABLE = table_of(Settings)
"""Made from the fields of `Settings`, so that a setting and its default are written once."""
