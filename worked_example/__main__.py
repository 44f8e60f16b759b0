"""`python -m worked_example <folder>`: write an invented district as a delivery, or many of them.

Top of `worked_example`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from graph.errors import BadParameter
from worked_example.companions import write_companions
from worked_example.delivery import write_delivery
from worked_example.generate import generate
from worked_example.province import MOST, write_districts
from worked_example.scale import Scale


def main() -> int:
    """Write the delivery, with its questions and its README."""
    size = Scale()
    parser = argparse.ArgumentParser(prog="python -m worked_example", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subdistricts", type=int, default=size.subdistricts)
    parser.add_argument("--communities", type=int, default=size.communities)
    parser.add_argument("--quarters", type=int, default=size.quarters)
    parser.add_argument("--persons", type=int, default=size.persons)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--districts", type=int, default=1, help="so many of that size, each in its folder")
    given = parser.parse_args()
    try:
        scale = Scale(given.subdistricts, given.communities, given.quarters, given.persons)
    except BadParameter as error:
        parser.error(str(error))
    if not 1 <= given.districts <= MOST:
        parser.error(f"--districts must be from 1 to {MOST}")
    if given.districts > 1:
        for path in write_districts(scale, given.seed, given.folder, given.districts):
            print(path, flush=True)  # noqa: T201 - this is a command
        return 0
    made = generate(scale, given.seed, place=given.folder.resolve().name)
    write_delivery(made.delivery, given.folder)
    write_companions(made, given.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
