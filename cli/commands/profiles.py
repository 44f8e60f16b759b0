"""Commands about profiles: list them, explain one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from cli.options import AsOfOption, Format, FormatOption, day_of
from cli.output import console, make_table, print_csv, print_json
from graph.catalogue import Catalogue
from graph.catalogue.profile_rows import explain_profile, list_profiles
from graph.catalogue.profiles import Profiles
from graph.catalogue.shapes import ProfileRow, SettingRow
from graph.labels import headings

PROFILES = headings(ProfileRow, "profile", "title_zh", "inherits", "area", "since", "rules_set")
SETTINGS = headings(
    SettingRow,
    "code",
    "title_zh",
    "setting",
    "setting_zh",
    "value",
    "profile_zh",
    "since",
    "until",
    "texts",
    "source_zh",
)

profiles = typer.Typer(help="规则集：列出、解释。 Profiles: list them, explain one.")


def register(app: typer.Typer) -> None:
    """Put the commands of this module on the application."""
    app.add_typer(profiles, name="profiles")


@profiles.command("list")
def list_(format_: FormatOption = "table") -> None:
    """列出全部规则集。 Every profile."""
    _print(list_profiles(Profiles.load(Catalogue.load())), PROFILES, format_)


@profiles.command()
def show(
    name: Annotated[str, typer.Argument(help="规则集，如 衡阳石鼓 或 shigu / profile")],
    rule: Annotated[str | None, typer.Option(help="规则名或编号，如 R15 / one rule")] = None,
    as_of: AsOfOption = None,
    format_: FormatOption = "table",
) -> None:
    """解释每项设置：值、出自哪个规则集、依据、生效日。 Explain each setting of a profile."""
    catalogue = Catalogue.load()
    known = Profiles.load(catalogue)
    day = day_of(as_of) or date.today()
    rows = explain_profile(known[name], known, catalogue, day, rule)
    if format_ == "table":
        console.print(f"{known[name].title_zh}，{day} 的设置", highlight=False)
        rows = [_short(row) for row in rows if row["setting"] != "on" or not row["value"]]
    _print(rows, SETTINGS, format_)


def _short(row: SettingRow) -> SettingRow:
    """For a table: what is not set anywhere is the rule's own default."""
    own = row["profile"] is None
    return {
        **row,
        "profile_zh": "规则文件默认值" if own else row["profile_zh"],
        "source_zh": "" if own else row["source_zh"],
    }


def _print(rows: Sequence[Mapping[str, Any]], columns: dict[str, str], format_: Format) -> None:
    if format_ == "json":
        print_json(rows)
    elif format_ == "csv":
        print_csv(rows, columns)
    else:
        console.print(make_table(rows, columns))
