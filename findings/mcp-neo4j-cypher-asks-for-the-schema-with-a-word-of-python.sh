#!/usr/bin/env bash
# mcp-neo4j-cypher started without --schema-sample-size asks for the schema with `{sample: None}`, which is no Cypher.
#
# Software: mcp-neo4j-cypher 0.6.0 (PyPI)
# Source:   https://github.com/neo4j-contrib/mcp-neo4j (servers/mcp-neo4j-cypher)
# Expected: `get_neo4j_schema` without a sample size asks with 1,000: "default: 1000" says --help of the option, and
#           "otherwise fall back to server default - 1000" the tool itself
# Seen:     "CALL apoc.meta.schema({sample: None}) …": the default of the option that was not given, None, is passed on
#           in place of the function's own 1,000. Neo4j 5.26.26: "Variable `None` not defined". So the first thing that a
#           language model asks for always fails, unless the option or NEO4J_SCHEMA_SAMPLE_SIZE is set
#
# The command's own settings and server, asked by the official client in the same process; what it would send to a
# database is written down instead. Installs into a temporary folder and removes it. Exit status 0: still as stated;
# 1: not any more.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check mcp-neo4j-cypher==0.6.0
cd "$folder"
unset NEO4J_SCHEMA_SAMPLE_SIZE
cat >ask.py <<'PYTHON'
import asyncio
import sys
from unittest import mock

from fastmcp import Client
from fastmcp.exceptions import ToolError
import mcp_neo4j_cypher
from mcp_neo4j_cypher import server

asked = []


class Asked:
    """Writes down what it is asked, and has no database to answer from."""

    async def execute_query(self, query, **_):
        asked.append(str(getattr(query, "text", query)))
        raise RuntimeError("no database")


async def sent(*options):
    """What the command with these options sends for `get_neo4j_schema` without arguments."""
    settings = {}

    async def main(**given):
        settings.update(given)

    with mock.patch.object(sys, "argv", ["mcp-neo4j-cypher", *options]), mock.patch.object(server, "main", main):
        await asyncio.to_thread(mcp_neo4j_cypher.main)
    asked.clear()
    built = server.create_mcp_server(Asked(), config_sample_size=settings["schema_sample_size"])
    async with Client(built) as client:
        try:
            await client.call_tool("get_neo4j_schema", {})
        except ToolError:
            pass
    return asked[0].split(" YIELD")[0]


found = asyncio.run(sent()), asyncio.run(sent("--schema-sample-size", "7"))
print("without the option:", found[0], "\nwith 7:            ", found[1])
seen = ("CALL apoc.meta.schema({sample: None})", "CALL apoc.meta.schema({sample: 7})")
print("as stated" if found == seen else "CHANGED: not as stated")
sys.exit(found != seen)
PYTHON
env/bin/python ask.py 2>log || { code=$?; tail -n 5 log >&2; exit "$code"; }
