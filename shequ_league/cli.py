"""Entry of `shequ-league`: serve, enroll, devices, export, rebuild, doctor, migrate. The one place here that reads the clock."""

from __future__ import annotations

import contextlib
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from shequ_desktop.domain.problems import Problem
from shequ_desktop.wording import language_of, say
from shequ_league import administration, serving
from shequ_league.database import Database, open_database
from shequ_league.meeting import League, open_league

DONE, FAILED, WRONG_USE = 0, 1, 2
DEFAULT_DATABASE = "sqlite:///shequ-league.db"
FILE = click.Path(path_type=Path)


def clock() -> int:
    """Milliseconds since 1970 UTC, as this server believes."""
    return time.time_ns() // 1_000_000


class Failed(click.ClickException):
    """A command that cannot do what was asked: one sentence."""


def _say(key: str, **values: object) -> str:
    return say(key, language_of(), **values)


def _fail(problem: Problem) -> NoReturn:
    raise Failed(_say(problem.key, **dict(problem.values)))


def _open(context: click.Context) -> Database:
    """The database, made or brought up to date; closed when the command ends."""
    opened = open_database(context.find_root().params["database"])
    if isinstance(opened, Problem):
        _fail(opened)
    context.call_on_close(opened.close)
    return opened


def _league(context: click.Context) -> League:
    return open_league(_open(context))


@click.group(no_args_is_help=False)
@click.option("--database", default=DEFAULT_DATABASE, metavar="URL", show_default=True)
def shequ_league(database: str) -> None:
    """The league server: where laptops meet."""


@shequ_league.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8700, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def serve(context: click.Context, host: str, port: int) -> None:
    """Serve laptops until stopped."""
    league = _league(context)
    try:
        door = serving.door(host, port)
    except OSError:
        _fail(Problem("league_port_taken", values=(("host", host), ("port", str(port)))))
    click.echo(_say("league_serves", host=host, port=port))
    server = serving.server(league, host=host, port=port, clock=clock)
    with door, contextlib.suppress(KeyboardInterrupt):  # the server has stopped in good order already
        server.run(sockets=[door])
    if not server.started:
        _fail(Problem("league_does_not_start"))


@shequ_league.command()
@click.option("--area", default="")
@click.option("--hours", default=72, show_default=True, type=click.IntRange(1, 24 * 90))
@click.pass_context
def enroll(context: click.Context, area: str, hours: int) -> None:
    """Print a one-time code for one laptop; the code is the last line."""
    if area and not (area.isascii() and area.isdecimal() and 2 <= len(area) <= 12):
        raise click.BadParameter(_say("area_not_digits", area=area))
    code = administration.enrolment_code(_league(context), area=area, hours=hours, now_ms=clock())
    click.echo(_say("code_for_one_laptop", hours=hours))
    click.echo(code)


@shequ_league.command()
@click.option("--revoke", default="", metavar="DEVICE")
@click.pass_context
def devices(context: click.Context, revoke: str) -> None:
    """List the enrolled laptops, or take one's entitlement away."""
    database = _open(context)
    if revoke and not administration.revoke(database, revoke):
        _fail(Problem("no_such_device", values=(("device", revoke),)))
    for line in administration.device_lines(database):
        click.echo("\t".join(line))


@shequ_league.command()
@click.option("--format", "form", type=click.Choice(["jsonl"]), required=True)
@click.argument("out", type=FILE)
@click.pass_context
def export(context: click.Context, form: str, out: Path) -> None:
    """Write every record to a file, equal to a laptop's in step byte for byte."""
    written = administration.export(_open(context), out)
    if isinstance(written, Problem):
        _fail(written)
    click.echo(_say("league_exported", records=written, out=out))


@shequ_league.command()
@click.pass_context
def rebuild(context: click.Context) -> None:
    """Work every table out anew from the log."""
    administration.rebuild(_open(context))
    click.echo(_say("league_rebuilt"))


@shequ_league.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Check tables and sums against the log."""
    found = administration.examine(_open(context))
    for name, value in found.facts:
        click.echo(f"{_say(name)}: {value}")
    if found.wrong:
        _fail(Problem("league_doctor_found", values=(("count", str(found.wrong)),)))


@shequ_league.command()
@click.pass_context
def migrate(context: click.Context) -> None:
    """Bring the database up to date, and do nothing else."""
    _open(context)
    click.echo(_say("league_up_to_date"))


def run(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    sys.exit(status_of(arguments if arguments is not None else sys.argv[1:]))


def status_of(arguments: list[str], main: Callable[..., Any] = shequ_league.main) -> int:
    """Run one command: 0 done, 1 failed, 2 wrong use. On 1 and 2 one line stands on stderr, never a traceback."""
    try:
        result = main(arguments, "shequ-league", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except Failed as failed:
        return _told(failed.message, FAILED)
    except click.UsageError as wrong:
        return _told(_say("league_wrong_use", detail=wrong.format_message()), WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        return _told(_say("league_stopped"), FAILED)
    except SystemExit as left:  # uvicorn leaves so where it cannot start
        return _told(_say("league_does_not_start"), FAILED) if left.code else DONE
    except Exception as error:  # whatever was not foreseen: one sentence, without values
        logging.getLogger("shequ-league").debug("unforeseen", exc_info=error)
        return _told(_say("league_unforeseen", what=type(error).__name__), FAILED)


def _told(sentence: str, status: int) -> int:
    click.echo(" ".join(sentence.split()), err=True)
    return status


if __name__ == "__main__":
    run()
