"""All that there is to say in a room, made from the records. Puts a big company together only where it has changed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sync.config.notify import NotifySettings, What
from sync.domain.company import CompanySettings
from sync.domain.notices import Message, Told
from sync.domain.scoring import Bands
from sync.records import Records
from webapp.company.company import Company
from webapp.company.now import company_now
from webapp.company.pass_status import pass_status_in
from webapp.company.scope import KnownPeriod, periods_of
from webapp.exports.notices.check_in import check_ins
from webapp.exports.notices.digest import digests
from webapp.exports.notices.problems import problem_notices
from webapp.exports.notices.review import reviews
from webapp.exports.notices.scene import Scene
from webapp.exports.notices.trouble import troubles
from webapp.reader.languages import load_words
from webapp.reader.reader import reader_of

_KINDS: Mapping[What, Callable[[Scene], Iterator[Message]]] = {
    What.DIGEST: digests,
    What.CHECK_IN: check_ins,
    What.PROBLEMS: problem_notices,
    What.TROUBLE: troubles,
    What.REVIEW: reviews,
}


class Composer:
    """Makes messages. `intervals` are the seconds between two passes by spreadsheet, `url` is the page's address."""

    def __init__(
        self, records: Records, company: CompanySettings, intervals: Mapping[str, int], bands: Bands, url: str
    ) -> None:
        self._records, self._settings, self._intervals, self._url = records, company, intervals, url
        self._readers = {language: reader_of(words, bands) for language, words in load_words().items()}
        self._tag: tuple[object, ...] = ()
        self._known: tuple[Company, tuple[KnownPeriod, ...]] | None = None

    def __call__(self, room: NotifySettings, told: Told, now: datetime) -> Iterator[Message]:
        """What is to be said in a room, whether or not it was said already. Raises RecordsError."""
        company, periods = self._company(now)
        status = pass_status_in(self._records)
        reader = self._readers[room.language]
        scene = Scene(room, told, now, company, periods, status, self._intervals, reader, self._url)
        for what in room.what:
            yield from _KINDS[what](scene)

    def _company(self, now: datetime) -> tuple[Company, tuple[KnownPeriod, ...]]:
        tag = (self._records.version(), self._settings.calendar.today(now))
        if self._known is None or self._tag != tag:
            company, by_hand = company_now(self._records, self._intervals, self._settings, now)
            self._known, self._tag = (company, periods_of(company, by_hand)), tag
        return self._known
