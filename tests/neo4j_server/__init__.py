"""A real Neo4j Community server for the tests, run from Maven artifacts, without Docker.

`available()` says whether this machine can, `Neo4jServer` runs one, `python -m tests.neo4j_server`
gives a developer one to play with. Test support only: nothing in the product imports it.
"""

from tests.neo4j_server.artifacts import FetchError, available, fetch, neo4j_version
from tests.neo4j_server.process import StartError
from tests.neo4j_server.server import Neo4jServer

__all__ = ["FetchError", "Neo4jServer", "StartError", "available", "fetch", "neo4j_version"]
