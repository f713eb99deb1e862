"""Entry of `shequ-desktop`: options before the command, exit statuses, one line on stderr."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from shequ_desktop import __version__, app
from shequ_desktop.cli import (
    archive_commands,
    conflict_commands,
    demo_command,
    exchange_commands,
    paper_commands,
    record_commands,
    roster_commands,
    wrong_use,
)
from shequ_desktop.cli.session import Failed, Session
from shequ_desktop.wording import language_of, say

DONE, FAILED, WRONG_USE = 0, 1, 2


class Stoppable(click.Group):
    """Ends with one sentence where a person stops it; click by itself puts an empty line before."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stopped:
            raise Failed(say("stopped", language_of())) from stopped


@click.group(cls=Stoppable, no_args_is_help=False, context_settings={"help_option_names": ["--help"]})
@click.version_option(__version__)
@click.option("--data", type=click.Path(path_type=Path), default=None)
@click.option("--user", default="")
@click.option("--passphrase-file", type=click.Path(path_type=Path), default=None)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def shequ_desktop(context: click.Context, data: Path | None, user: str, passphrase_file: Path | None, as_json: bool) -> None:
    """Shequ Desktop (社区关爱) on the command line."""
    session = Session((data or app.default_folder()).expanduser(), user, passphrase_file, as_json, language_of())
    context.obj = session
    context.call_on_close(session.close)


for module in (
    record_commands,
    roster_commands,
    conflict_commands,
    exchange_commands,
    paper_commands,
    archive_commands,
    demo_command,
):
    for command in module.COMMANDS:
        shequ_desktop.add_command(command)


def run(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    sys.exit(status_of(arguments if arguments is not None else sys.argv[1:]))


def status_of(arguments: list[str]) -> int:
    """Run one command: 0 done, 1 failed, 2 wrong use. On 1 and 2 one line stands on stderr, never a traceback."""
    app.speak_utf8()
    language = language_of()
    try:
        result: Any = shequ_desktop.main(arguments, "shequ-desktop", standalone_mode=False)
        return result if isinstance(result, int) else DONE
    except Failed as failed:
        return _told(failed.message, failed.status)
    except click.UsageError as wrong:
        return _told(say("wrong_use", language, detail=wrong_use.sentence(wrong, language)), WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        return _told(say("stopped", language), FAILED)
    except (BrokenPipeError, SystemExit):  # click leaves so where the reader of the output has gone
        return _told(say("reader_gone", language), FAILED)
    except Exception as error:  # whatever was not foreseen: one sentence for the person, the place for support
        return _told(app.unforeseen(error, language), FAILED)


def _told(sentence: str, status: int) -> int:
    click.echo(" ".join(sentence.split()), err=True)
    return status
