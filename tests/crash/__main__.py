# ruff: noqa: T201
"""Many kills and their figures: `python -m tests.crash [--kills 100] [--ledger sqlite] [--seed 1]`."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

from pydantic import SecretStr

from graph.settings import Settings
from tests.crash.loop import Tally, crash
from tests.postgres_server import PostgresServer, available


def run(ledger: str, kills: int, seed: int) -> Tally:
    """The loop on one kind of ledger."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cobuild-crash-")))
        url = None
        if ledger == "postgres":
            url = SecretStr(stack.enter_context(PostgresServer()).database())
        settings = Settings(data_dir=folder / "data", heap="256m", engine_compiler="quick", ledger_url=url)
        return asyncio.run(crash(settings, kills, seed))


def main() -> None:
    """Run on each ledger, half of the kills each, and print the figures as a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--ledger", choices=("sqlite", "postgres"))
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    ledgers = [given.ledger] if given.ledger else ["sqlite", *([] if available() else ["postgres"])]
    for ledger in ledgers:
        tally = run(ledger, given.kills // len(ledgers), given.seed)
        print(f"{ledger}: {tally.kills} kills ({tally.engine_kills} of the engine), {tally.seconds:.0f} s")
        for kind in sorted(tally.tried):
            figures = tally.tried[kind], tally.acknowledged[kind], tally.under_way[kind]
            print("  {}: tried {}, acknowledged {}, killed under way {}".format(kind, *figures))


if __name__ == "__main__":
    main()
