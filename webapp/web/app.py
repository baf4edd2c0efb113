"""The page as a Flask application over the records of one installation."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from flask import Flask
from jinja2 import StrictUndefined

from sync.config.settings import Config, PageSettings
from sync.config.standing import IN_FORCE, Standing
from sync.domain.company import ALONE, CompanySettings
from sync.domain.scoring import Bands
from sync.records import Records, RecordsError
from webapp import templates_folder
from webapp.reader.languages import load_words
from webapp.reader.reader import reader_of
from webapp.security import add_headers, refuse_excess, trusted_hosts, visible
from webapp.sign_in import Proofs, add_sign_in
from webapp.web import check_ins, downloads, initiatives, looks, people, reviews  # noqa: F401  its routes
from webapp.web.answers import EXTENSION, pages
from webapp.web.current import CurrentView
from webapp.web.encoding import compress
from webapp.web.prefix import placed
from webapp.web.site import Asking, Site
from webapp.web.views import prepare


def create_app(
    records: Records,
    page: PageSettings,
    bands: Bands,
    intervals: Mapping[str, int],
    company: CompanySettings = ALONE,
    standing: Callable[[], Standing] = lambda: IN_FORCE,
    mounted: str | None = None,
) -> Flask:
    """The page over these records. `intervals` are the seconds between two passes, by spreadsheet ID.
    `standing` tells of a configuration file that was changed since. `mounted` is the path under which somebody else
    puts the page, who is then the one behind the proxies; else it stands where its settings say.

    Raises SecretError where a file that the sign-in or the hooks need cannot be used.
    """
    app = Flask("webapp", template_folder=str(templates_folder()))
    # Whatever FLASK_DEBUG says: a page for a company shows nobody its inside.
    app.debug = False
    app.config["TRUSTED_HOSTS"] = trusted_hosts(page)
    app.jinja_env.finalize = visible
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    first_page = partial(prepare, app, page.path if mounted is None else mounted)
    app.extensions[EXTENSION] = Site(
        title=page.title,
        records=records,
        current=CurrentView(records, intervals, first_page, company=company),
        readers={language: reader_of(words, bands) for language, words in load_words().items()},
        intervals=intervals,
        knows_readers=bool(page.sign_in or page.iap),
        asking=Asking(Proofs.kept_in(page.hook_key), page.lets_ask),
        standing=standing,
        is_one_of_many=mounted is not None,
    )
    app.before_request(refuse_excess)
    add_sign_in(app, page)
    app.register_blueprint(pages)
    app.after_request(compress)
    app.after_request(add_headers)
    if mounted is None:
        app.wsgi_app = placed(app.wsgi_app, page)  # type: ignore[method-assign, assignment]
    return app


def page_of(config: Config, records: Records, standing: Callable[[], Standing]) -> Flask:
    """The page that a configuration describes, that of a company among several to be shown by `CompanyPages`.

    Raises SecretError, as `create_app` does.
    """
    intervals = {settings.id: settings.every for settings in config.spreadsheet}
    mounted = config.page_path if config.name else None
    return create_app(records, config.page, config.scoring.bands, intervals, config.company, standing, mounted)


def begin(app: Flask) -> None:
    """Put together, beside the requests, what the first reader would wait for."""
    site: Site = app.extensions[EXTENSION]
    site.current.begin(datetime.now(UTC))


def make_ready(app: Flask) -> None:
    """Do that, and come back when it is done. What the database does not give now, the first reader asks for."""
    begin(app)
    site: Site = app.extensions[EXTENSION]
    with suppress(RecordsError):
        site.current.get(datetime.now(UTC))
