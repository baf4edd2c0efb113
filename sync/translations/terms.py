"""The words for what a score means and for how it stands to the time, in the page as in the sheet."""

from sync.domain.languages import N_, Language
from sync.domain.pace import Pace
from sync.domain.scoring import Band
from sync.translations import gettext

_BANDS = {
    Band.DONE: N_("done"),
    Band.ON_TRACK: N_("on track"),
    Band.AT_RISK: N_("at risk"),
    Band.OFF_TRACK: N_("off track"),
}
_PACES = {
    Pace.AHEAD: N_("ahead of time"),
    Pace.ON_PACE: N_("on pace"),
    Pace.BEHIND: N_("behind time"),
    Pace.FAR_BEHIND: N_("far behind time"),
}


def band_words(language: Language) -> dict[Band, str]:
    """Every band, best first."""
    return {band: gettext(word, language) for band, word in _BANDS.items()}


def pace_words(language: Language) -> dict[Pace, str]:
    """Every pace, best first."""
    return {pace: gettext(word, language) for pace, word in _PACES.items()}
