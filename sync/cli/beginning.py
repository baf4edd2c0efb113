"""`init`: the first configuration and the state folder, from six answers; and what is to do next.

Writes nothing that cannot be used, and never over a configuration that is there.
"""

import json
import os
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from sync.cli.configuring import spreadsheet_id
from sync.cli.exits import CannotRunError
from sync.cli.system_errors import why
from sync.cli.terminal_language import terminal_language
from sync.config.faults import Fault
from sync.config.settings import faults_in
from sync.domain.languages import N_, Language
from sync.translations import told

OAUTH_CLIENT = "client_secret.json"

_QUESTIONS: dict[str, str] = {
    "title": N_("Name of the company or team, at the top of the page"),
    "spreadsheet": N_("Address of the first spreadsheet (empty: later)"),
    "credentials": N_("Key file of the service account (empty: what the machine itself offers)"),
    "state": N_("Folder for the database"),
    "name": N_("Name under which others ask for the page, such as okr.example.com (empty: this machine only)"),
    "reader": N_("Who may read it: the domain of your Google Workspace, or one e-mail address"),
}

_STEPS: dict[str, str] = {
    "made": N_("{path} is made, for the database in {state}. What is next:"),
    "key": N_("Put the service account's key into {key}, and run: chmod 600 {key}"),
    "share": N_("Share the spreadsheet as Editor with the service account; else the next command names its address"),
    "map": N_("Propose what its tabs mean: okr-sheets inspect {spreadsheet} >> {path}"),
    "look": N_("See what is understood, and what would be written: okr-sheets check; okr-sheets sync --dry-run"),
    "client": N_("Make an OAuth client with the redirect URI {back}, save it as {client}, and run: chmod 600 {client}"),
    "run": N_("Keep it running, as docs/server.md describes, or here: okr-sheets run"),
}

_IS_THERE = N_("{path} is there already, and is not written over")
_NO_READER = N_("a page under a name needs somebody who may read it: give --reader")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was asked, "" where there is no answer; `path` is where the page stands on its host."""

    title: str
    spreadsheet: str
    credentials: str
    state: str
    name: str
    reader: str
    path: str

    @property
    def back(self) -> str:
        """Where a sign-in comes back to."""
        return f"https://{self.name}{self.path.rstrip('/')}/sign-in/back"


def init(config_path: Path, path: str, yes: bool, **given: str | None) -> None:
    """Make the first configuration and the state folder, from six questions."""
    language = terminal_language()
    if config_path.exists():
        raise CannotRunError(told(_IS_THERE, language, path=config_path))
    answers = _asked(given, path, language, ask=not yes)
    if answers.name and not answers.reader:
        raise CannotRunError(told(_NO_READER, language))
    text = configuration(answers)
    faults = [(key, fault) for key, fault in _faults(text) if key != "spreadsheet"]
    if faults:
        raise CannotRunError("\n".join(f"{key}: {fault.told(language)}" for key, fault in faults))
    state = config_path.parent / Path(answers.state).expanduser()
    try:
        _make(config_path, text, state)
    except OSError as error:
        raise CannotRunError(f"{error.filename}: {why(error)}") from None
    click.echo(told(_STEPS["made"], language, path=config_path, state=state))
    for number, step in enumerate(_steps(answers, config_path, language), 1):
        click.echo(f"{number}. {step}")


def configuration(answers: Answers) -> str:
    """The file, but for the spreadsheets."""
    lines = [f"state = {_text(answers.state)}", ""]
    if answers.credentials:
        lines += ["[google]", f"credentials = {_text(answers.credentials)}", ""]
    lines += ["[page]", f"title = {_text(answers.title)}"]
    if answers.path:
        lines += [f"path = {_text(answers.path)}"]
    if answers.name:
        kind = "addresses" if "@" in answers.reader else "domains"
        lines += ["# A reverse proxy with TLS stands in front; docs/server.md has one.", "proxies = 1"]
        lines += [f"trusted_hosts = [{_text(answers.name)}]", ""]
        lines += ["[page.readers]", f"{kind} = [{_text(answers.reader)}]", ""]
        lines += ["[page.sign_in]", f"client = {_text(OAUTH_CLIENT)}"]
    return "\n".join([*lines, "", ""])


def _asked(given: dict[str, str | None], path: str, language: Language, *, ask: bool) -> Answers:
    """In this order; nobody is asked who may read what nobody else can reach."""
    defaults = {"title": "OKR", "state": "state"}
    found: dict[str, str] = {}
    for key, question in _QUESTIONS.items():
        value, default = given[key], defaults.get(key, "")
        if value is None and ask and (key != "reader" or found["name"]):
            value = click.prompt(told(question, language), default=default, show_default=bool(default))
        found[key] = default if value is None else value.strip()
    return Answers(**found, path=path)


def _faults(text: str) -> list[tuple[str, Fault]]:
    return faults_in(tomllib.loads(text))


def _make(path: Path, text: str, state: Path) -> None:
    """Both for their owner alone: the file may come to hold a password, the folder the key that signs sessions.

    A folder that is there already keeps its permissions.
    """
    if not state.exists():
        state.mkdir(parents=True)
        state.chmod(0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _steps(answers: Answers, path: Path, language: Language) -> Iterator[str]:
    folder = path.parent
    if answers.credentials:
        key = folder / Path(answers.credentials).expanduser()
        with suppress(OSError):
            if not key.exists() or key.stat().st_mode & 0o077:
                yield told(_STEPS["key"], language, key=key)
    spreadsheet = spreadsheet_id(answers.spreadsheet) or "ID"
    yield told(_STEPS["share"], language)
    yield told(_STEPS["map"], language, spreadsheet=spreadsheet, path=path)
    yield told(_STEPS["look"], language)
    if answers.name:
        yield told(_STEPS["client"], language, back=answers.back, client=folder / OAUTH_CLIENT)
    yield told(_STEPS["run"], language)


def _text(value: str) -> str:
    """As TOML writes a text."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
