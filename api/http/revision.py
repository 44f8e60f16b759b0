"""The revision of everything but the data that an answer depends on: code, catalogue, profiles."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from graph import __version__
from graph.data_files import data_folder
from graph.reading.graph import Graph
from graph.settings import Settings

_CODE = Path(__file__).resolve().parents[2]


def read_revision(graph: Graph, settings: Settings) -> str:
    """16 hex digits; the same on every machine with the same files and the same settings of answers."""
    digest = sha256(f"{__version__} {settings.show_personal} {settings.register_days}".encode())
    kinds = ("*.py", "*.jinja", "*.css", "*.typ")
    code = [p for part in ("graph", "api") for kind in kinds for p in (_CODE / part).rglob(kind)]
    questions = data_folder("seed_data").glob("*/questions.toml")
    for path in sorted([*code, *questions]):
        digest.update(path.name.encode() + path.read_bytes())
    for query in graph.catalogue:
        digest.update(f"{query.name} {query.revision}".encode())
    for profile in graph.profiles:
        digest.update(f"{profile.name} {profile.file.model_dump_json()}".encode())
    return digest.hexdigest()[:16]
