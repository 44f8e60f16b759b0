"""A process of its own that writes to the audit trail: `python -m tests.ledger.writer FOLDER URL`.

Eight writers at once append `COUNT` entries each; the ledger may be an empty place before.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from graph.ledger import Ledger
from graph.ledger.entries import entry_now

WRITERS = 8
COUNT = 10


async def main(folder: str, url: str, who: str) -> None:
    """Append from all writers, each after its own last one."""
    ledger = Ledger(Path(folder), url or None)

    async def write(number: int) -> None:
        for _ in range(COUNT):
            await ledger.audit.append(entry_now(f"{who}-{number}", "GET /x"))

    await asyncio.gather(*(write(number) for number in range(WRITERS)))
    await ledger.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
