"""All commands with their arguments and options, each with the place of the function that does it.

Only what `--help` needs is imported here.
"""

from pathlib import Path

import click

from sync.cli.on_demand import OnDemand
from sync.config.environment import CONFIG_VARIABLE


def _flag(*names: str, what: str) -> click.Option:
    return click.Option(names, is_flag=True, help=what)


def _config(what: str) -> click.Option:
    return click.Option(
        ["--config", "config_path"],
        type=click.Path(path_type=Path),
        default="config.toml",
        envvar=CONFIG_VARIABLE,
        show_default=True,
        help=what,
    )


_CONFIG = _config("The configuration file, or a folder with one for each company.")
_COMPANY = click.Option(
    ["--company"],
    metavar="NAME",
    help="Where --config is a folder: only this company of it, by the name of its file.",
)
_JSON = _flag("--json", "as_json", what="Print JSON for scripts.")
_NO_BROWSER = _flag("--no-open", what="Do not open a browser.")


def _spreadsheet() -> click.Argument:
    return click.Argument(["spreadsheet"])


COMMANDS = (
    OnDemand(
        "init",
        "sync.cli.beginning:init",
        "Make the first configuration and the state folder, from six questions.",
        _config("The configuration file to make."),
        click.Option(["--title"], help="Name of the company or team, at the top of the page."),
        click.Option(["--spreadsheet"], help="Address of the first spreadsheet, for the next steps."),
        click.Option(["--credentials"], help="Key file of the service account; empty: what the machine itself offers."),
        click.Option(["--state"], help="Folder for the database."),
        click.Option(["--name"], help="Name under which others ask for the page; empty: this machine only."),
        click.Option(["--reader"], help="Who may read it: a domain of Google Workspace, or one e-mail address."),
        click.Option(["--path"], default="", help="Path of the page on its host, such as /okr."),
        _flag("--yes", what="Ask nothing: what is not given has its default."),
    ),
    OnDemand(
        "check",
        "sync.cli.passes:check",
        "Validate the configuration and the sheets; writes nothing.",
        _CONFIG,
        _COMPANY,
        _JSON,
    ),
    OnDemand(
        "sync",
        "sync.cli.passes:sync",
        "One pass over every spreadsheet.",
        _CONFIG,
        _COMPANY,
        _JSON,
        _flag("--dry-run", what="Print what would be written, and write nothing."),
        _flag("--accept", what="Let the brakes through once: existing scores, vanished rows."),
    ),
    OnDemand(
        "close",
        "sync.cli.closing:close",
        "Keep the results of a period for good, whatever becomes of its tabs.",
        click.Argument(["period"]),
        _CONFIG,
        _COMPANY,
        _flag("--reopen", what="Undo it: the sheets count again."),
        _JSON,
    ),
    OnDemand(
        "rebuild-records",
        "sync.cli.rebuilding:rebuild_records",
        "Begin the database anew from the sheets; the old one is kept beside it.",
        _CONFIG,
        _COMPANY,
        _flag("--give-up-writes", what="Go on although a write was cut off and cannot be looked after."),
        _JSON,
    ),
    OnDemand(
        "backup",
        "sync.cli.backing_up:backup",
        "Copy the database into a file, while worker and page run.",
        click.Argument(["file"], type=click.Path(dir_okay=False, path_type=Path)),
        _CONFIG,
        _COMPANY,
    ),
    OnDemand(
        "worker",
        "sync.cli.services:worker",
        "Run passes at each spreadsheet's interval until stopped.",
        _CONFIG,
    ),
    OnDemand("serve", "sync.cli.services:serve", "Show the page.", _CONFIG),
    OnDemand("run", "sync.cli.services:run", "Worker and page in one process.", _CONFIG),
    OnDemand(
        "jobs",
        "sync.cli.jobs:jobs",
        "With PostgreSQL: what waits to be read, what is being read, and what failed, of all machines.",
        _CONFIG,
        _COMPANY,
        _JSON,
    ),
    OnDemand(
        "hook",
        "sync.cli.hook:hook",
        "Print what lets a spreadsheet (its ID or address) tell of its edits, so that scores follow within seconds.",
        _spreadsheet(),
        _CONFIG,
        _COMPANY,
        click.Option(["--address"], help="Where Google reaches the page; else the first of its trusted_hosts."),
    ),
    OnDemand(
        "notify",
        "sync.cli.notifying:notify",
        "Send what is due to chat rooms and mailboxes, once.",
        _CONFIG,
        _COMPANY,
        _flag("--dry-run", what="Print what would go out now and where to, and send nothing."),
        _flag("--test", "is_test", what="Send one line to each room."),
    ),
    OnDemand(
        "doctor",
        "sync.cli.diagnosis:doctor",
        "Say who we are to Google, what we may do, and what is in the way.",
        _CONFIG,
        _COMPANY,
        click.Option(
            ["--probe", "scratch"],
            metavar="SPREADSHEET",
            help="Try on this scratch spreadsheet (ID or address), in a tab of its own, what okr-sheets relies on.",
        ),
        _flag("--quota", what="With --probe: also use up a minute's quota, to see what Google answers."),
        _flag("--yes", what="With --probe: do not ask, and take a configured spreadsheet too."),
        _JSON,
    ),
    OnDemand(
        "config-schema",
        "sync.cli.configuring:print_config_schema",
        "Print a JSON Schema of the configuration file, for editors that complete and check it.",
    ),
    OnDemand(
        "inspect",
        "sync.cli.configuring:inspect",
        "Look at a spreadsheet (its ID or address) and propose a mapping for it.",
        _spreadsheet(),
        click.Option(["--tab", "titles"], multiple=True, help="Only this tab; may be given several times."),
        click.Option(
            ["--config", "config_path"],
            type=click.Path(path_type=Path),
            envvar=CONFIG_VARIABLE,
            help="A configuration, for its credentials and, with --explain-row, its mapping; "
            "config.toml where it is there.",
        ),
        _COMPANY,
        click.Option(
            ["--explain-row"],
            type=int,
            help="Show how this row of --tab is read, instead of proposing a mapping.",
        ),
    ),
    OnDemand(
        "map",
        "sync.cli.desk:show_desk",
        "Map a spreadsheet by looking at it: its ID or address, or a downloaded .xlsx file. "
        "Nothing is written into it before you say so.",
        _spreadsheet(),
        _config("The configuration to put the mapping into; made where it is not there yet."),
        _COMPANY,
        click.Option(["--port"], default=0, help="Port of the page on this machine; any free one by default."),
        click.Option(["--locale"], default="vi_VN", show_default=True, help="Locale of a workbook, such as en_US."),
        _NO_BROWSER,
    ),
    OnDemand(
        "local-sheets",
        "sync.cli.trying:local_sheets",
        "A local Sheets server, to try a mapping on a downloaded workbook without any account.",
        click.Option(["--port"], default=8001, show_default=True, help="Port to listen on."),
        click.Option(
            ["--data"],
            type=click.Path(path_type=Path),
            default="local-sheets",
            show_default=True,
            help="Folder.",
        ),
        click.Option(
            ["--import", "workbooks"],
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            multiple=True,
            help="An Excel workbook to begin with; may be given several times.",
        ),
        click.Option(
            ["--locale"],
            default="en_US",
            show_default=True,
            help="Locale of imported workbooks, such as vi_VN.",
        ),
        _flag("--control", what="Let programs on this machine cause faults, under /control/. For tests."),
    ),
    OnDemand(
        "demo",
        "sync.cli.trying:demo",
        "A sample company on a local Sheets server, with worker and page. No account needed; Ctrl-C ends it.",
        click.Option(["--port"], default=8000, show_default=True, help="Port of the page."),
        click.Option(["--sheets-port"], default=8001, show_default=True, help="Port of the local Sheets server."),
        _NO_BROWSER,
    ),
)
