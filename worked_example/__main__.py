"""`python -m worked_example <folder>`: write an invented district as a delivery.

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
    given = parser.parse_args()
    try:
        scale = Scale(given.subdistricts, given.communities, given.quarters, given.persons)
    except BadParameter as error:
        parser.error(str(error))
    made = generate(scale, given.seed, place=given.folder.resolve().name)
    write_delivery(made.delivery, given.folder)
    write_companions(made, given.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
