"""Every request of a pass × everything that can befall it."""

from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from sync.domain.failures import Trouble
from sync.local_sheets import Fault, RequestRecord
from tests.reliability.okrs import FULL_READ, LEAN_READ, WRITE

TOKEN = "token"

Moment = Literal["before", "after", "half"]
Extent = Literal["once", "lasting"]


@dataclass(frozen=True)
class Site:
    """A request of a pass: the (skip+1)-th of that method. `previous` is the one before it.

    `moved`: a person inserts a row just before the write. `spoilt`: what befalls the previous request.
    """

    name: str
    method: str
    previous: str = ""
    skip: int = 0
    previous_skip: int = 0
    moved: bool = False
    spoilt: Fault = field(default_factory=lambda: Fault(kind="answer", applied="first"))


@dataclass(frozen=True)
class Kind:
    """What befalls a request, before or after it was carried out, or in the middle of its answer; `trouble` is what
    that is when it lasts.
    """

    name: str
    moment: Moment
    fault: Fault
    trouble: Trouble = Trouble.NETWORK

    @property
    def takes_all_time(self) -> bool:
        """Whether the deadline of the pass comes before the end of the answer."""
        return self.fault.kind in ("stall", "drip")


@dataclass(frozen=True)
class Case:
    site: Site
    kind: Kind
    extent: Extent

    def met_by(self, request: RequestRecord) -> bool:
        """Whether this request had what befalls it, and was carried out as far as that lets it be."""
        return (request.method, request.fault) == (self.site.method, self.kind.fault.kind)

    def __str__(self) -> str:
        return f"{self.site.name}, {self.kind.name}, {self.kind.moment}, {self.extent}"


_UNANSWERED = Fault(kind="reset", applied="first")
WITHDRAWN = Fault(kind="error", status=401)

SITES = [
    Site("lean read", LEAN_READ, previous=TOKEN),
    Site("full read", FULL_READ, previous=LEAN_READ),
    Site("write", WRITE, previous=FULL_READ),
    Site("read after a misplaced write", FULL_READ, previous=WRITE, skip=1, moved=True),
    Site("read after an unanswered write", FULL_READ, previous=WRITE, skip=1, moved=True, spoilt=_UNANSWERED),
    Site("repair", WRITE, previous=FULL_READ, skip=1, previous_skip=1, moved=True),
    Site("sign-in", TOKEN),
    Site("new token for a read", TOKEN, previous=FULL_READ, skip=1, spoilt=WITHDRAWN),
    Site("new token for a write", TOKEN, previous=WRITE, skip=1, spoilt=WITHDRAWN),
]


def _refused(code: int, status: str, message: str) -> Fault:
    return Fault(kind="error", status=code, body={"error": {"code": code, "status": status, "message": message}})


_NOT_A_SHEET = _refused(400, "FAILED_PRECONDITION", "This operation is not supported for this document")
_ODD = {"error": "invalid_grant"}

_PASSING = [
    ("500", Fault(kind="error", status=500)),
    ("502 HTML", Fault(kind="html")),
    ("503", Fault(kind="error", status=503)),
    ("408 HTML", Fault(kind="html", status=408)),
    ("connection reset", Fault(kind="reset")),
    ("silence", Fault(kind="stall")),
]
_HALF = [
    ("truncated", Fault(kind="truncated")),
    ("broken JSON", Fault(kind="garbled")),
    ("slow drip", Fault(kind="drip")),
]
OF_THE_API = [
    *(Kind(name, "before", fault) for name, fault in _PASSING),
    Kind("503, odd shape", "before", Fault(kind="error", status=503, body={"error": "unavailable"})),
    Kind("429", "before", Fault(kind="error", status=429), Trouble.QUOTA),
    Kind("429, Retry-After 7", "before", Fault(kind="error", status=429, retry_after="7"), Trouble.QUOTA),
    Kind("401", "before", Fault(kind="error", status=401), Trouble.CREDENTIALS),
    Kind("403", "before", Fault(kind="error", status=403), Trouble.PERMISSION),
    Kind("404", "before", Fault(kind="error", status=404), Trouble.NOT_FOUND),
    Kind("400, an uploaded .xlsx", "before", _NOT_A_SHEET, Trouble.NOT_A_SHEET),
    Kind("400, odd shape", "before", Fault(kind="error", status=400, body=_ODD), Trouble.REFUSED),
    *(Kind(name, "half", fault.model_copy(update={"applied": "first"})) for name, fault in _HALF),
]
# Only what Google does not answer with a refusal can have been applied.
OF_WRITES = [Kind(name, "after", fault.model_copy(update={"applied": "first"})) for name, fault in _PASSING]
OF_SIGNING_IN = [
    Kind("400 invalid_grant", "before", Fault(kind="error", status=400), Trouble.CREDENTIALS),
    Kind("401 invalid_client", "before", Fault(kind="error", status=401), Trouble.CREDENTIALS),
    Kind("429", "before", Fault(kind="error", status=429)),
    *(Kind(name, "before", fault) for name, fault in _PASSING),
    *(Kind(name, "half", fault.model_copy(update={"applied": "first"})) for name, fault in _HALF),
]


def kinds_of(site: Site) -> list[Kind]:
    """What can befall this request."""
    if site.method == TOKEN:
        return OF_SIGNING_IN
    return [*OF_THE_API, *OF_WRITES] if site.method == WRITE else OF_THE_API


def cases(site: Site) -> list[Case]:
    extents: tuple[Extent, ...] = ("once", "lasting")
    return [Case(site, kind, extent) for kind, extent in product(kinds_of(site), extents)]


CASES = [case for site in SITES for case in cases(site)]
