"""Who a page is made for: words, number formats and bands, and the domain's terms in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.domain.catalogue import Severity
from sync.domain.languages import Language
from sync.domain.okr import Decision, InitiativeState, Kind, Level, Status
from sync.domain.pace import Pace
from sync.domain.periods import PeriodState
from sync.domain.scoring import Band, Bands
from sync.translations.terms import band_words, failure_sentences, pace_words
from webapp.reader.languages import Words
from webapp.reader.numbers import Formats


@dataclass(frozen=True, slots=True)
class Reader:
    """One language's words and formats, and the company's bands."""

    words: Words
    formats: Formats
    bands: Bands
    levels: Mapping[Level | None, str]
    band_words: Mapping[Band, str]
    pace_words: Mapping[Pace, str]
    statuses: Mapping[Status, str]
    kinds: Mapping[Kind | None, str]
    decisions: Mapping[Decision, str]
    initiative_states: Mapping[InitiativeState, str]
    severities: Mapping[Severity, str]
    period_states: Mapping[PeriodState, str]
    reasons: Mapping[str, str]
    failures: Mapping[str, str]

    @property
    def language(self) -> Language:
        return self.words.language


def reader_of(words: Words, bands: Bands) -> Reader:
    """The reader of a language."""
    gettext = words.gettext
    return Reader(
        words=words,
        formats=Formats(words.language),
        bands=bands,
        levels={
            Level.COMPANY: gettext("Company"),
            Level.DEPARTMENT: gettext("Department"),
            Level.INDIVIDUAL: gettext("Individual"),
            None: gettext("Level not given"),
        },
        band_words=band_words(words.language),
        pace_words=pace_words(words.language),
        statuses={
            Status.DRAFT: gettext("draft"),
            Status.ACTIVE: gettext("active"),
            Status.CLOSED: gettext("closed"),
        },
        kinds={Kind.COMMITTED: gettext("committed"), Kind.ASPIRATIONAL: gettext("aspirational"), None: ""},
        decisions={
            Decision.CARRY_OVER: gettext("carry over"),
            Decision.CHANGE: gettext("change"),
            Decision.DROP: gettext("drop"),
            Decision.DONE: gettext("done, close it"),
        },
        initiative_states={
            InitiativeState.PLANNED: gettext("not begun"),
            InitiativeState.DOING: gettext("under way"),
            InitiativeState.DONE: gettext("completed"),
            InitiativeState.DROPPED: gettext("dropped"),
        },
        severities={
            Severity.ERROR: gettext("error"),
            Severity.WARNING: gettext("warning"),
            Severity.NOTICE: gettext("notice"),
        },
        period_states={
            PeriodState.PLANNED: gettext("planned"),
            PeriodState.RUNNING: gettext("running"),
            PeriodState.CLOSING: gettext("being closed"),
            PeriodState.CLOSED: gettext("closed"),
        },
        reasons={
            "no-data": gettext("not measured yet"),
            "no-key-result": gettext("no key result yet"),
            "no-support": gettext("no objective supports it yet"),
            "sheets-unread": gettext("other spreadsheets that may support it are still to be read"),
            "no-weight": gettext("all weights are 0"),
            "weight-missing": gettext("a weight is missing beside percentages"),
            "target-missing": gettext("no target"),
            "start-missing": gettext("no start value"),
            "unknown-word": gettext("how it is measured is not understood"),
            "target-equals-start": gettext("start and target are the same"),
            "unit-mismatch": gettext("units differ"),
            "not-a-number": gettext("a value is not a number"),
            "ambiguous-number": gettext("a number can be read in two ways"),
            "cell-error": gettext("a cell shows an error"),
        },
        failures=failure_sentences(words.language),
    )
