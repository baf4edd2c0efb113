"""What click says by itself, such as the help and wrong options, in the language of the terminal.

The help of our commands and options is looked up as it is printed, so that it stands in English beside the code.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import IO, Any

import click

from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.translations import gettext, told

_USAGE, _TRY = N_("Usage:"), N_("“{command} --help” says more.")
_ERROR = N_("Error: {message}")
_NO_OPTION, _NO_COMMAND = N_("there is no option {name}"), N_("there is no command {name}")
_PERHAPS = N_("; perhaps {names}")
_LACKING = N_("{name} is needed")
_NO_NUMBER = N_("{name} takes a whole number")
_NO_FILE = N_("{name} names no file that can be used: {why}")
# click's own, which it prints through the formatter.
_CLICKS = (N_("Options"), N_("Commands"), N_("Show this message and exit."))
_DEFAULT = N_("default: {value}")
# What stands in capitals for what is to be typed.
_TO_TYPE = (
    *(N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("PATH"), N_("NAME"), N_("TEXT"), N_("INTEGER"), N_("FILE")),
    *(N_("SPREADSHEET"), N_("PERIOD")),
)


class _Formatter(click.HelpFormatter):
    """The help in the language of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, _to_type(args), prefix or f"{_said(_USAGE)} ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_said(heading))

    def write_text(self, text: str) -> None:
        super().write_text(_said(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_to_type(names), _described(what)) for names, what in rows], col_max, col_spacing)


class SpokenContext(click.Context):
    """A call of a command whose help speaks the language of the terminal."""

    formatter_class = _Formatter


class _UsageError(click.UsageError):
    """What was typed wrong, in the language of the terminal."""

    def show(self, file: IO[Any] | None = None) -> None:
        if self.ctx is not None:
            click.echo(self.ctx.get_usage(), file=file, err=True)
            click.echo(f"{told(_TRY, terminal_language(), command=self.ctx.command_path)}\n", file=file, err=True)
        tell_of(self, file)


def tell_of(failure: click.ClickException, file: IO[Any] | None) -> None:
    """Print why a command ends."""
    click.echo(told(_ERROR, terminal_language(), message=failure.format_message()), file=file, err=True)


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Tell of wrong usage in the language of the terminal."""
    try:
        yield
    except _UsageError:
        raise
    except click.UsageError as error:
        raise _UsageError(_what(error), error.ctx) from None


def _what(error: click.UsageError) -> str:
    language = terminal_language()
    if isinstance(error, click.NoSuchOption):
        return told(_NO_OPTION, language, name=error.option_name) + _perhaps(error.possibilities or ())
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return told(_LACKING, language, name=error.param.get_error_hint(error.ctx or click.get_current_context()))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _unusable(error, error.param)
    return gettext(error.format_message(), language)


def _unusable(error: click.BadParameter, param: click.Parameter) -> str:
    language = terminal_language()
    name = param.get_error_hint(error.ctx or click.get_current_context())
    if isinstance(param.type, click.types.IntParamType):
        return told(_NO_NUMBER, language, name=name)
    return told(_NO_FILE, language, name=name, why=error.message)


def no_such_command(name: str, names: Iterable[str], context: click.Context) -> click.UsageError:
    """What to say of a command that is none of `names`."""
    what = told(_NO_COMMAND, terminal_language(), name=name)
    return _UsageError(what + _perhaps(get_close_matches(name, [*names])), context)


def _perhaps(names: Iterable[str]) -> str:
    near = ", ".join(names)
    return told(_PERHAPS, terminal_language(), names=near) if near else ""


def _described(text: str) -> str:
    """The help of an option, and what click adds to it between brackets."""
    what, bracket, extra = text.partition("  [")
    kind, _, value = extra.removesuffix("]").partition(": ")
    if not bracket or kind != "default":
        return _said(text)
    return f"{_said(what)}  [{told(_DEFAULT, terminal_language(), value=value)}]"


def _to_type(text: str) -> str:
    return re.sub("|".join(_TO_TYPE), lambda found: _said(found[0]), text)


def _said(text: str) -> str:
    return gettext(" ".join(text.split()), terminal_language())
