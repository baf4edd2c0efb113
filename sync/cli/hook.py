"""`hook`: the few lines of Apps Script that let a spreadsheet tell of its edits, and the steps to install them."""

from collections.abc import Iterable
from pathlib import Path

import click

from sync.cli.companies import chosen
from sync.cli.configuring import spreadsheet_id
from sync.cli.exits import CannotRunError
from sync.cli.terminal_language import terminal_language
from sync.config.settings import Config
from sync.domain.languages import N_
from sync.translations import told

_UNKNOWN = N_("{spreadsheet} is not in the configuration. There are: {known}")
_NO_ADDRESS = N_(
    "Google has to reach the page. Name it in `trusted_hosts` of [page], or say its address: --address https://…"
)
_NOT_AN_ADDRESS = N_("“{address}” is no address of a page; write one such as https://okr.example.com")
_STEPS = N_(
    "1. Open the spreadsheet: {url}\n2. Extensions → Apps Script. Put these lines in place of what is there, and save:"
)
_MORE_STEPS = N_(
    "3. Choose the function install beside Run, press Run, and allow what it asks for: to see when this is\n"
    "   edited, and to call the page. It is done once, by one person with edit access.\n"
    "4. Change a number: its score is there within seconds.\n"
    "\n"
    "The script sends no text of any cell, only that something changed. Whoever may edit the spreadsheet can see the\n"
    "secret; all that it is good for is to have this one spreadsheet read. To take the hook away: Apps Script →\n"
    "Triggers → delete. To make all secrets anew: remove {key}, restart the page, and run this again."
)

# The secret travels in a header, because addresses stand in logs.
SCRIPT = """\
const ADDRESS = "{address}";
const SECRET = "{secret}";

function tellOfAnEdit() {{
  UrlFetchApp.fetch(ADDRESS, {{
    method: "post", headers: {{ Authorization: "Bearer " + SECRET }}, muteHttpExceptions: true,
  }});
}}

function install() {{
  ScriptApp.getProjectTriggers().forEach((trigger) => ScriptApp.deleteTrigger(trigger));
  ScriptApp.newTrigger("tellOfAnEdit").forSpreadsheet(SpreadsheetApp.getActive()).onEdit().create();
}}
"""


def hook(spreadsheet: str, config_path: Path, company: str | None, address: str | None) -> None:
    """Print what lets a spreadsheet (its ID or address) tell of its edits, so that scores follow within seconds."""
    from webapp.sign_in import Proofs, SecretError

    language, id_ = terminal_language(), spreadsheet_id(spreadsheet)
    config = _config_with(id_, [found.config for found in chosen(config_path, company)])
    page = _page(config, address)
    try:
        secret = Proofs.kept_in(config.page.hook_key).hook(id_)
    except SecretError as error:
        raise CannotRunError(error.told(language)) from None
    url = f"https://docs.google.com/spreadsheets/d/{id_}/edit"
    click.echo(told(_STEPS, language, url=url))
    click.echo(f"\n{SCRIPT.format(address=f'{page}/hook/{id_}', secret=secret)}")
    click.echo(told(_MORE_STEPS, language, key=config.page.hook_key))


def _config_with(id_: str, configs: Iterable[Config]) -> Config:
    """That of the company whose spreadsheet it is. Raises CannotRunError."""
    known = {settings.id: config for config in configs for settings in config.spreadsheet}
    if id_ not in known:
        raise CannotRunError(told(_UNKNOWN, terminal_language(), spreadsheet=id_, known=", ".join(known)))
    return known[id_]


def _page(config: Config, address: str | None) -> str:
    """The page's address without a slash at its end. Raises CannotRunError."""
    language = terminal_language()
    names = [name for name in config.page.names if not name.startswith(".")]
    if address is None:
        if not names:
            raise CannotRunError(told(_NO_ADDRESS, language))
        return f"https://{names[0]}{config.page_path}"
    if not address.startswith(("https://", "http://")) or any(mark in address for mark in "\"'\\ \n"):
        raise CannotRunError(told(_NOT_AN_ADDRESS, language, address=address))
    return address.rstrip("/")
