"""Each configured address of a server or cluster, asked for itself: is it there, at which data version."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from neo4j import READ_ACCESS
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import GraphError
from graph.store.addresses import Addresses
from graph.store.drivers import Auth, make_driver
from graph.store.translation import translated

VERSION = "OPTIONAL MATCH (m:Meta {id: 'meta'}) RETURN m.data_version AS version"
PATIENCE = 2.0
"""Seconds after which a member that does not answer counts as not seen."""


@dataclass(frozen=True)
class Member:
    """One address; `version` is the data version there, None where it is not seen, and then `why`."""

    address: str
    version: int | None
    why: str = ""


async def ask_members(addresses: Addresses, auth: Auth, database: str) -> list[Member]:
    """All of them at once, in the order of `NEO4J_URI`; never raises for one that is away."""
    return await asyncio.gather(*(_ask(addresses, member, auth, database) for member in addresses.members))


async def _ask(addresses: Addresses, member: str, auth: Auth, database: str) -> Member:
    try:
        async with asyncio.timeout(PATIENCE):
            driver = make_driver(addresses.alone(member), auth, retry=0.0, connection_timeout=PATIENCE)
            async with driver, driver.session(database=database, default_access_mode=READ_ACCESS) as session:
                with translated("cluster"):
                    found = await (await session.run(VERSION)).single()
        return Member(member, int((found and found["version"]) or 0))
    except TimeoutError:
        return Member(member, None, "no answer")
    except (GraphError, DriverError, Neo4jError) as error:
        return Member(member, None, getattr(error, "en", None) or str(error))
