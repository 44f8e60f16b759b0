"""The entry point: commands are put together, errors become sentences and exit codes.

Exit codes: 0 fine, 1 findings where asked to fail on them, 2 wrong use, 3 environment, 70 a fault of the
program; docs/operations.md has the table.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections import Counter
from importlib import import_module

import typer

import cli.start
from cli.audit_entry import begin_command
from cli.commands import COMMANDS
from cli.output import errors
from graph import __version__
from graph.catalogue.values import check_value
from graph.errors import CatalogueError, EnvironmentFault, GraphError, StoreUnavailable
from graph.loading.findings import DeliveryRejected, kind_of

FINE, FINDINGS, WRONG_USE, ENVIRONMENT = range(4)
FAULT = 70
"""As sysexits.h has it: never taken for findings, which Python's own 1 would be."""
SHOWN_FINDINGS, SHOWN_KINDS = 200, 20


def version(
    context: typer.Context,
    show: bool = typer.Option(False, "--version", help="显示版本 / show the version"),
    reason: str | None = typer.Option(
        None, help="查看个人信息或修改的理由，记入审计 / why, for the audit trail; or COBUILD_REASON"
    ),
) -> None:
    """Options of every command; the commands below do the work."""
    if show:
        typer.echo(f"cobuild {__version__}")
        raise typer.Exit
    begin_command(context.invoked_subcommand, reason)


def make_app(command: str | None = None) -> typer.Typer:
    """The application with the module of this command alone, or with all where it is none of them."""
    app = typer.Typer(
        name="cobuild",
        help="社区组织图：覆盖缺口、资源路径、交叉任职核查。\n\n"
        "Graph of neighbourhood organizations: coverage gaps, resource paths, cross-appointments.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback(invoke_without_command=True)(version)
    found = [module for module, names in COMMANDS.items() if command in names]
    for module in found or COMMANDS:
        import_module(f"cli.commands.{module}").register(app)
    return app


def command_in(arguments: list[str]) -> str | None:
    """The command among the arguments: behind `--reason`, which every command has."""
    left = iter(arguments)
    for argument in left:
        if argument == "--reason":
            next(left, None)
        elif not argument.startswith("-"):
            return argument
    return None


def main() -> None:
    """Run the command line; never shows a stack trace for an error that a user can mend."""
    # The driver's own warnings (each retry) would stand before the one sentence that matters.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    try:
        for argument in sys.argv[1:]:
            check_value("argv", argument)
        app = make_app(command_in(sys.argv[1:]))
        cli.start.started()
        app()
    except DeliveryRejected as error:
        _say(error)
        kinds = Counter(map(kind_of, error.findings))
        if len(kinds) < len(error.findings):
            for kind, number in kinds.most_common(SHOWN_KINDS):
                errors.print(f"  {number:>5} × {kind}", highlight=False, markup=False)
        # What has to be mended first; what only needs a look is said to be that.
        for finding in sorted(error.findings, key=lambda f: f.level)[:SHOWN_FINDINGS]:
            begin = "  提醒 " if finding.level == "warning" else "  "
            errors.print(f"{begin}{finding}", highlight=False, markup=False)
        if len(error.findings) > SHOWN_FINDINGS:
            errors.print(f"  … 共 {len(error.findings)} 处 / in all")
        sys.exit(WRONG_USE)
    except (EnvironmentFault, StoreUnavailable, CatalogueError) as error:
        _say(error)
        sys.exit(ENVIRONMENT)
    except GraphError as error:
        _say(error)
        # An undo that was refused says why; its class would bring the whole room of loading.
        for zh, en in getattr(error, "reasons", ())[:SHOWN_FINDINGS]:
            errors.print(f"  {zh} / {en}", highlight=False, markup=False)
        sys.exit(WRONG_USE)
    except OSError as error:
        # What no room put into words: the output cannot be written, as a rule.
        why = error.strerror or str(error)
        _say(EnvironmentFault(f"无法读写：{why}。", f"cannot read or write: {why}."))
        _drop_output()
        sys.exit(ENVIRONMENT)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        traceback.print_exc()
        sys.exit(FAULT)


def _drop_output() -> None:
    """Unwritten output would fail again when the process ends, which then has a code of its own."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _say(error: GraphError) -> None:
    errors.print(error.zh, style="bold red", highlight=False, markup=False)
    errors.print(error.en, highlight=False, markup=False)
