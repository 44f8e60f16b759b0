"""Where the Chinese font of a PDF is: a folder that is set, the package that travels along, the system."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from graph.errors import EnvironmentFault

PACKAGE, FAMILY = "manimgx_fonts_cjk", "Noto Sans CJK SC"
"""Noto Sans CJK (SIL Open Font License) as a package of PyPI, and what it is called."""
FAMILIES = (
    FAMILY,
    *("Source Han Sans SC", "Noto Serif CJK SC", "Microsoft YaHei", "SimSun", "SimHei", "PingFang SC"),
    *("WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "FangSong", "KaiTi"),
)
"""Fonts that are looked for, the first one that is there is taken."""


def font_folders(own: Path | None) -> list[Path]:
    """Folders to look in beside those of the system; raises `EnvironmentFault` for one that is none."""
    if own is not None and not own.is_dir():
        raise EnvironmentFault(
            f"COBUILD_FONTS 所指的目录 {own} 不存在；应为放有中文字体（.ttf、.otf、.ttc）的目录。",
            f"COBUILD_FONTS names {own}, which is no folder: expected one with a Chinese font.",
            subject="COBUILD_FONTS",
        )
    spec = find_spec(PACKAGE)
    packed = [] if spec is None or spec.origin is None else [Path(spec.origin).parent]
    return [*([own] if own is not None else []), *packed]


def no_font() -> EnvironmentFault:
    """That no Chinese font is there, and how to give one."""
    return EnvironmentFault(
        "没有找到中文字体，PDF 无法生成；请用 COBUILD_FONTS 指明放有中文字体的目录，或用 Word、Excel 格式。",
        "no Chinese font was found, so no PDF can be made: name a folder that holds one by COBUILD_FONTS, "
        "or take the Word or Excel file.",
        subject="COBUILD_FONTS",
    )
