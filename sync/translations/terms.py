"""What is said alike in several places: what a score means, how it stands to the time, and why a pass failed."""

from sync.domain.failures import NOT_SHARED, Trouble
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
_SHARE = N_("Share it as Editor with the address that okr-sheets doctor names.")
_FAILURES: dict[Trouble, str] = {
    Trouble.NETWORK: N_("Google did not answer. It passes by itself; if it does not, check the network."),
    Trouble.QUOTA: N_("Google's limit of requests a minute was used up; it passes by itself."),
    Trouble.CREDENTIALS: N_("Google did not let us in. Whoever runs okr-sheets has to look: okr-sheets doctor."),
    Trouble.PERMISSION: N_("The spreadsheet is not shared with okr-sheets for editing."),
    Trouble.NOT_FOUND: N_("The spreadsheet is gone, or no longer shared with okr-sheets."),
    Trouble.NOT_A_SHEET: N_(
        "The file is an Excel file. Open it in Google Sheets and choose File → Save as Google Sheets."
    ),
    Trouble.API_DISABLED: N_(
        "The Google Sheets API is switched off. Whoever runs okr-sheets has to enable it in Google Cloud."
    ),
    Trouble.PROTECTED: N_(
        "A protected range refused the scores. Let okr-sheets edit it (Data → Protect sheets and ranges)."
    ),
    Trouble.RANGE: N_("A tab was renamed or deleted meanwhile; the next pass looks again."),
    Trouble.REFUSED: N_("Google refused a request. Whoever runs okr-sheets has to look: okr-sheets check."),
    Trouble.INTERNAL: N_("okr-sheets made a mistake of its own. Whoever runs it has to look into its log."),
    Trouble.BUSY: N_("The machine that okr-sheets runs on was too busy to finish; the next pass tries again."),
    Trouble.STOPPED: N_("okr-sheets was stopped in the middle of it; the next pass makes up for it."),
    Trouble.LEASE_LOST: N_("okr-sheets was held up until another process took over; the next pass makes up for it."),
    Trouble.RECORDS: N_(
        "okr-sheets could not use its database or state folder; passes go on by themselves as soon as it can."
    ),
}


def band_words(language: Language) -> dict[Band, str]:
    """Every band, best first."""
    return {band: gettext(word, language) for band, word in _BANDS.items()}


def pace_words(language: Language) -> dict[Pace, str]:
    """Every pace, best first."""
    return {pace: gettext(word, language) for pace, word in _PACES.items()}


def failure_sentences(language: Language) -> dict[str, str]:
    """Why a pass failed and what is to be done, of all kinds of trouble that a record may name."""
    share = f" {gettext(_SHARE, language)}"
    return {
        trouble: gettext(said, language) + (share if trouble in NOT_SHARED else "")
        for trouble, said in _FAILURES.items()
    }
