"""What one running page is made of. Knows no request."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sync.config.standing import Standing
from sync.domain.languages import Language
from sync.records import Records
from webapp.reader.reader import Reader
from webapp.security import Pace
from webapp.sign_in import Proofs
from webapp.web.current import CurrentView, View

# Google calls once for each edit: many people type no faster than this in one spreadsheet.
HOOKS_A_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Asking:
    """Who may ask for a look at a spreadsheet: hooks by their secret, and readers where it `is_allowed`."""

    proofs: Proofs
    is_allowed: bool
    hooks: Pace = field(default_factory=lambda: Pace(HOOKS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Site:
    """Shared by all requests. `knows_readers`: it asks who reads. `standing` tells of a configuration file that was
    changed since. `is_one_of_many`: others have theirs under the same roof, and whoever guesses its address does not
    learn whose it is.

    `started` tells this process's pages from those of an older version of the program.
    """

    title: str
    records: Records
    current: CurrentView
    readers: Mapping[Language, Reader]
    intervals: Mapping[str, int]
    knows_readers: bool
    asking: Asking
    standing: Callable[[], Standing]
    is_one_of_many: bool = False
    started: str = field(default_factory=lambda: secrets.token_hex(4))

    def etag(self, view: View, language: Language) -> str:
        """Changes with everything that a page says of the company. How old that is, is told beside it."""
        return f"{self.started}-{view.tag}-{language}"
