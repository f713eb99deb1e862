"""What is wrong with a command as it was typed, in the user's language. Knows click's errors and no command."""

from __future__ import annotations

import click

from shequ_desktop.wording import say


def sentence(error: click.UsageError, language: str) -> str:
    """What is wrong, without what to do."""
    match error:
        case click.NoSuchOption():
            return say("wrong_option", language, option=error.option_name)
        case click.BadOptionUsage():
            return say("wrong_option_value", language, option=error.option_name)
        case click.MissingParameter():
            return say("wrong_missing", language, what=_name(error))
        case click.BadParameter() if error.param is not None:
            return say("wrong_value", language, what=_name(error), why=_why(error, language))
        case click.BadParameter():  # said by a command itself, in the user's language already
            return error.message
    return _of_the_command(error, language)


def _name(error: click.BadParameter) -> str:
    """As it is called in the help: --out, FILE."""
    if error.param is None or error.ctx is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).strip("'\"")


def _why(error: click.BadParameter, language: str) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return say("wrong_choice", language, choices=" / ".join(map(str, kind.choices)))
    if isinstance(kind, click.DateTime):
        return say("wrong_day", language)
    if isinstance(kind, click.IntRange):
        return say("wrong_range", language, least=kind.min, most="…" if kind.max is None else kind.max)
    return say("wrong_number", language) if kind is click.INT else error.message


def _of_the_command(error: click.UsageError, language: str) -> str:
    named = getattr(error, "command_name", None)
    if named:
        return say("wrong_command", language, command=named)
    if error.ctx is not None and isinstance(error.ctx.command, click.Group):
        return say("wrong_no_command", language)
    if error.message.startswith("Got unexpected"):
        return say("wrong_more", language, words=error.message.partition("(")[2].rstrip(")"))
    return error.message
