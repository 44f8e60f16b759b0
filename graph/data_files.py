"""Where the files that ship with the code stand: in the checkout or inside the wheel."""

from __future__ import annotations

from pathlib import Path

from graph.errors import EnvironmentFault

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """`cypher`, `profiles` or `seed_data`, wherever this installation keeps it.

    Raises `EnvironmentFault` if the installation lacks it.
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise EnvironmentFault(
        f"安装不完整：缺少 {name}/ 目录。",
        f"incomplete installation: the folder {name}/ is missing.",
        subject=name,
    )
