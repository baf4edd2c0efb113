"""The alignment page: read-only, from the records alone. It never talks to Google and stands when Google does not."""

from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from sync.config import PageSettings
from sync.records import Records
from sync.scoring import Bands
from webapp.current import CurrentCompany
from webapp.languages import load_words
from webapp.reader import reader_of
from webapp.security import add_headers, trusted_hosts, visible
from webapp.site import Site
from webapp.views import EXTENSION, pages


def create_app(records: Records, page: PageSettings, bands: Bands, intervals: Mapping[str, int]) -> Flask:
    """The page over these records. `intervals` are the seconds between two passes, by spreadsheet ID."""
    app = Flask(__name__, template_folder=str(_templates()))
    app.config["TRUSTED_HOSTS"] = trusted_hosts(page.host)
    app.jinja_env.finalize = visible
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions[EXTENSION] = Site(
        title=page.title,
        records=records,
        current=CurrentCompany(records),
        readers={language: reader_of(words, bands) for language, words in load_words().items()},
        intervals=intervals,
    )
    app.register_blueprint(pages)
    app.after_request(add_headers)
    return app


def _templates() -> Path:
    """Inside the package where it is installed from a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parent / "templates"
