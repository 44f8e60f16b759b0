"""The addresses of a server or a cluster, as `NEO4J_URI` names them, and in which order they are tried."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from graph.errors import EnvironmentFault

SCHEMES = frozenset(f"{s}{tls}" for s in ("bolt", "neo4j") for tls in ("", "+s", "+ssc"))
PORT = 7687
SEED = "members.invalid"
"""The name that stands for all members. The driver asks its resolver about every address, also about those
of the routing table: were this the name of a member, "connect to a" would end at b, a write at a follower."""


@dataclass(frozen=True)
class Addresses:
    """`bolt://a,b:7688,c` as a scheme and its members, `host:port` each."""

    scheme: str
    members: tuple[str, ...]

    @property
    def routed(self) -> bool:
        """Whether the servers say themselves who reads and who writes."""
        return self.scheme.startswith("neo4j")

    @property
    def clustered(self) -> bool:
        """Whether two answers may come from two members."""
        return self.routed or len(self.members) > 1

    @property
    def uri(self) -> str:
        """What the driver is given; several addresses are for its resolver."""
        return f"{self.scheme}://{SEED if len(self.members) > 1 else self.members[0]}"

    def alone(self, member: str) -> str:
        """The address at which one member is asked for itself."""
        return f"{self.scheme.replace('neo4j', 'bolt')}://{member}"


class MembersInTurn:
    """The driver's resolver: the members in turn, beginning with the one that is to be tried first."""

    def __init__(self, members: Sequence[str]) -> None:
        self._order = deque(_host_and_port(member) for member in members)

    def __call__(self, asked: Any) -> list[tuple[str, int]]:
        host, port = asked[0], asked[1]
        return list(self._order) if host == SEED else [(host, int(port))]

    def pass_on(self) -> None:
        """Try the next one first from now on."""
        self._order.rotate(-1)


def read_addresses(given: str) -> Addresses:
    """The addresses of a `NEO4J_URI`; raises `EnvironmentFault` for what is none, or holds a password."""
    scheme, _, rest = given.partition("://")
    members = tuple(_member(scheme, part.strip()) for part in rest.split(","))
    if scheme not in SCHEMES or None in members or len(set(members)) < len(members):
        raise EnvironmentFault(
            "NEO4J_URI 不是可用的地址；应如 bolt://127.0.0.1:7687 或 neo4j://主机1:7687,主机2:7687，不含口令。",
            "NEO4J_URI is not a usable address: expected one such as bolt://127.0.0.1:7687 or "
            "neo4j://host1:7687,host2:7687, without a password.",
            subject="NEO4J_URI",
        )
    return Addresses(scheme, tuple(member for member in members if member is not None))


def _member(scheme: str, part: str) -> str | None:
    """`host:port` of one part; None for credentials, a path, no host or no real port."""
    try:
        split = urlsplit(f"{scheme}://{part.removeprefix(f'{scheme}://')}")
        host, port = split.hostname, PORT if split.port is None else split.port
    except ValueError:
        return None
    if not host or port == 0 or "@" in split.netloc or split.path or split.query or split.fragment:
        return None
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _host_and_port(member: str) -> tuple[str, int]:
    host, _, port = member.rpartition(":")
    return host.strip("[]"), int(port)
