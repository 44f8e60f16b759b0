"""Write the OpenAPI document without a running service: `python -m api openapi.json`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from api.app import create_app
from api.documents.openapi import make_document
from graph.catalogue import Catalogue
from graph.settings import Settings


def write_contract(target: Path) -> None:
    """The document of this version, keys in the order of the routes."""
    document = make_document(create_app(Settings()), Catalogue.load())
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m api", description=__doc__)
    arguments.add_argument("file", type=Path, help="where the document is written")
    write_contract(arguments.parse_args().file)
