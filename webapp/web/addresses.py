"""What an address says of the view, and how the links on a page keep to it: language, period, filters."""

from urllib.parse import urlencode

from flask import g, has_request_context, request

from sync.domain.languages import Language
from webapp.company.scope import PERIOD
from webapp.map.selection import NAMES as MAP_PARAMETERS
from webapp.pages.filters import Filters
from webapp.pages.initiatives import InitiativeFilters
from webapp.pages.problem_filters import ProblemFilters
from webapp.pages.recognition import RecognitionFilters
from webapp.security import page_here
from webapp.web.answers import PAGE, Seen, pages

# The pages and files that show what is in some periods.
_IN_PERIODS = frozenset(
    {
        "pages.tree",
        "pages.branch",
        "pages.unit",
        "pages.person",
        "pages.company_map",
        "pages.map_file",
        "pages.problems",
        "pages.problems_message",
        "pages.problems_table",
        "pages.alignment",
        "pages.alignment_table",
        "pages.initiatives",
        "pages.check_in",
        "pages.check_ins",
        "pages.initiatives_table",
        "pages.check_ins_table",
        "pages.calendar",
    }
)

# A kept page must not repeat anything else from the address that it was made for.
_VIEW_PARAMETERS = {
    *Filters.names(),
    *InitiativeFilters.names(),
    *MAP_PARAMETERS,
    *ProblemFilters.names(),
    *RecognitionFilters.names(),
    PERIOD,
    PAGE,
}


def path() -> str:
    """Where this page can be asked for again; the first page for what is only passed through in signing in."""
    return request.script_root + ("/" if request.blueprint == "sign_in" else page_here(request.path))


def in_language(language: Language) -> str:
    """The address of the same view in another language."""
    return f"{path()}?{urlencode([*_shown(), ('lang', language)])}"


def in_period(period: str) -> str:
    """The address of the same view in another period, on its first page; "" is what runs now."""
    kept = [(name, value) for name, value in _shown() if name not in (PERIOD, PAGE)]
    query = urlencode([*kept, *([(PERIOD, period)] if period else [])])
    return f"{path()}?{query}" if query else path()


def asked_period() -> str:
    """The period that this request is about, as the links of its page are to say it."""
    return str(g.get("asked_period", ""))


@pages.app_url_defaults
def stay_in_period(endpoint: str, values: dict[str, object]) -> None:
    """Whoever looks at a period goes on looking at it."""
    if endpoint in _IN_PERIODS and has_request_context() and asked_period():
        values.setdefault(PERIOD, asked_period())


def stay_where(objective: str, seen: Seen) -> None:
    """The links of this page lead to the period of an objective, where that is none of those that are looked at."""
    g.asked_period = seen.period_of(objective)


def _shown() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name in _VIEW_PARAMETERS]
