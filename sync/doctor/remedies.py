"""Our failures in words, with what to do about them.

The rooms below raise exceptions with facts; here, at the edge that talks to people, they become sentences.
"""

import math
from fractions import Fraction

from sync.doctor.pace import Shortage
from sync.domain.failures import Trouble
from sync.domain.languages import N_, Language
from sync.google import CredentialsError, CredentialsFault, SheetsError
from sync.records import RecordsError
from sync.translations import gettext, told

SENTENCES: dict[str, str] = {
    Trouble.NETWORK: N_(
        "Google did not answer ({detail}). The next pass tries again; check the network if it stays so."
    ),
    Trouble.QUOTA: N_(
        "Google's limit of requests a minute is used up. It passes by itself; raise `every` if it happens often."
    ),
    Trouble.CREDENTIALS: N_(
        "Google does not let us in: {detail}. Check [google] credentials, the key, and this machine's clock."
    ),
    Trouble.PERMISSION: N_("We may not do this with {spreadsheet}. Share the spreadsheet with {account} as Editor."),
    Trouble.NOT_FOUND: N_(
        "There is no spreadsheet {spreadsheet}, or it is not shared with {account}. Check the id, then share it."
    ),
    Trouble.NOT_A_SHEET: N_(
        "{spreadsheet} is an Excel file. Open it in Google Sheets and choose File → Save as Google Sheets."
    ),
    Trouble.API_DISABLED: N_(
        "The Google Sheets API is switched off. Enable it in the Google Cloud project of {account}."
    ),
    Trouble.PROTECTED: N_(
        "A protected range in {spreadsheet} refused our scores. Let {account} edit it (Data → Protect sheets and ranges)."
    ),
    Trouble.RANGE: N_(
        "A tab or range of {spreadsheet} that we asked for is not there ({detail}): renamed or deleted while we worked? The next pass looks again."
    ),
    Trouble.REFUSED: N_(
        "Google refused a request about {spreadsheet}: {detail}. This is a fault of okr-sheets; please report it."
    ),
    Trouble.BUSY: N_("Another process is making a pass over {spreadsheet}. Try again when it is done."),
    Trouble.INTERNAL: N_(
        "okr-sheets tripped over {spreadsheet}. This is a fault of okr-sheets; its log says where, please report it."
    ),
    Trouble.LEASE_LOST: N_(
        "This process was held up until another process could take over; nothing more was written. The next pass begins anew."
    ),
    Trouble.RECORDS: N_(
        "No pass is made without database and state folder: {detail}. Passes go on by themselves as soon as both can be used."
    ),
    Trouble.STOPPED: N_("Stopped before it was finished."),
}

# Where more is known than what kind of trouble it is.
SENTENCES |= {
    "name-unknown": N_("The name of Google's server could not be looked up. Check this machine's network and DNS."),
    "machine-busy": N_(
        "This machine was too busy for a pass over {spreadsheet}: its time was used up here, not at Google. The next pass tries again; if it stays so, give it more processor or disk, fewer `passers`, or a longer `every`."
    ),
    "proxy-silent": N_("The proxy did not take our request. Check HTTPS_PROXY and NO_PROXY."),
    "certificate": N_(
        "What answered could not prove that it is Google. Where a proxy opens encrypted connections, name its certificate in REQUESTS_CA_BUNDLE; check this machine's clock too."
    ),
    "not-the-api": N_(
        "What answered was not Google's API ({detail}). The next pass tries again; if it stays so, a proxy or firewall stands between: see HTTPS_PROXY."
    ),
    "clock-off": N_(
        "Google does not let us in: {detail} Set this machine's clock and keep it set (timedatectl set-ntp true)."
    ),
    "key-gone": N_(
        "Google does not know this key any more: {detail}. It was deleted, or its account was. Make a new key and name it as [google] credentials."
    ),
}

# What is wrong with that which this machine signs in with, and what to do about it.
CREDENTIALS_FAULTS: dict[str, str] = {
    CredentialsFault.NONE: N_("no credentials were found on this machine"),
    CredentialsFault.UNREADABLE: N_("{path} cannot be read: {why}"),
    CredentialsFault.FOLDER: N_("{path} is a folder, not a key file"),
    CredentialsFault.SHARED: N_("{path} can be read or changed by other users of this machine"),
    CredentialsFault.NO_KEY: N_("{path} is not the key file of a service account"),
    CredentialsFault.NO_CREDENTIALS: N_("{path} holds no credentials that can be used"),
}
CREDENTIALS_REMEDIES: dict[str, str] = {
    CredentialsFault.NONE: N_(
        "Name the service account's key file as [google] credentials, or let GOOGLE_APPLICATION_CREDENTIALS name it."
    ),
    CredentialsFault.UNREADABLE: N_(
        "Put the service account's JSON key there, or correct [google] credentials or GOOGLE_APPLICATION_CREDENTIALS."
    ),
    CredentialsFault.FOLDER: N_("Name the JSON file in it: [google] credentials or GOOGLE_APPLICATION_CREDENTIALS."),
    CredentialsFault.SHARED: N_("Run: chmod 600 {path}. Somebody may have copied it: a new key is the safe way."),
    CredentialsFault.NO_KEY: N_(
        "In the Google Cloud console: IAM & Admin → Service accounts → Keys → Add key → JSON; put that file here."
    ),
    CredentialsFault.NO_CREDENTIALS: N_(
        "Put the JSON file there as Google made it (a key, a workload identity, an impersonation), or let GOOGLE_APPLICATION_CREDENTIALS name another."
    ),
}

# By the reason of a RecordsError.
RECORDS_SENTENCES: dict[str, str] = {
    "newer": N_("It was written by a newer okr-sheets. Install that one, or move the file away to begin anew."),
    "corrupt": N_("Run “okr-sheets rebuild-records”: the sheets hold the truth, and the old file is kept."),
    "full": N_("The disk is full. Make room; nothing else is to be done."),
    "locked": N_("Another program holds the database. End it, or wait until it is done."),
    "address": N_(
        'That is no address of a database. Write database = "postgresql+psycopg://user:password@host:5432/name", with %40 %3A %2F for @ : / in the password; without `database` it is SQLite in `state`.'
    ),
    "kind": N_(
        "okr-sheets knows PostgreSQL and SQLite. Let `database` begin with postgresql+psycopg:// or sqlite:///; without it, it is SQLite in `state`."
    ),
    "driver": N_(
        'Its driver is not there. Let `database` begin with postgresql+psycopg:// and install that driver: pip install "okr-sheets[postgresql]".'
    ),
    "unusable": N_("Check the folder, its permissions and the space on the disk."),
}

# About intervals that the quota does not allow.
SHORTAGE: dict[str, str] = {
    "seen": N_("these intervals need {needed} reads a minute, {allowed} are allowed: a round takes at least {round}"),
    "mend": N_(
        'Set every = "{every}" wherever it is shorter; or ask Google for more reads a minute per user, and when you have them set requests_per_minute = {more}.'
    ),
}

# Seconds, one minute, minutes.
_TIMES: tuple[str, str, str] = (N_("seconds"), N_("minute"), N_("minutes"))

_UNKNOWN_ACCOUNT = N_("the account that okr-sheets runs as")


def remedy(error: SheetsError, spreadsheet: str, account: str, language: Language) -> str:
    """What happened and what to do, in one or two sentences."""
    if isinstance(error, CredentialsError):
        return f"{credentials_fault(error, language)}. {credentials_remedy(error, language)}"
    facts = {
        "detail": error.detail or f"HTTP {error.status}",
        "spreadsheet": spreadsheet,
        "account": account or gettext(_UNKNOWN_ACCOUNT, language),
    }
    return told(SENTENCES[_cause(error)], language, **facts)


def credentials_fault(error: CredentialsError, language: Language) -> str:
    """What is wrong with that which this machine signs in with."""
    return told(CREDENTIALS_FAULTS[error.fault], language, path=error.path, why=error.why)


def credentials_remedy(error: CredentialsError, language: Language) -> str:
    """What to do about it."""
    return told(CREDENTIALS_REMEDIES[error.fault], language, path=error.path)


def records_remedy(error: RecordsError, language: Language) -> str:
    """What to do about a database that cannot be used."""
    return gettext(RECORDS_SENTENCES[error.reason], language)


def shortage_told(found: Shortage, language: Language) -> tuple[str, str]:
    """What is wrong with the intervals, and what to do about it."""
    facts = {
        "needed": math.ceil(found.needed),
        "allowed": found.allowed,
        "round": _at_least(found.round_minutes, language),
        "every": f"{found.every // 60}m" if found.every % 60 == 0 else f"{found.every}s",
        "more": found.requests_per_minute,
    }
    seen, mend = (told(SHORTAGE[name], language, **facts) for name in ("seen", "mend"))
    return seen, mend


def _at_least(minutes: Fraction, language: Language) -> str:
    """6.3 as "6¼ minutes", and never more than it is."""
    if minutes < 1:
        return f"{math.floor(minutes * 60)} {gettext(_TIMES[0], language)}"
    whole, quarters = divmod(math.floor(minutes * 4), 4)
    unit = gettext(_TIMES[1 if minutes < Fraction(5, 4) else 2], language)
    return f"{whole}{'¼½¾'[quarters - 1] if quarters else ''} {unit}"


def _cause(error: SheetsError) -> str:
    """The most that is known of a failure: a special cause, else the kind of trouble."""
    if error.detail == f"HTTP {error.status}" or error.detail == "a broken answer":
        return "not-the-api"
    if error.trouble is Trouble.BUSY and error.detail:
        return "machine-busy"
    if error.trouble is Trouble.NETWORK:
        # What the libraries below name, in whichever of their exceptions it is wrapped.
        named = f"{error.detail} {error.__cause__}"
        return next((cause for sign, cause in _NETWORK_CAUSES.items() if sign in named), error.trouble)
    if error.trouble is Trouble.CREDENTIALS:
        return next((cause for sign, cause in _CREDENTIALS_CAUSES.items() if sign in error.detail), error.trouble)
    return error.trouble


_NETWORK_CAUSES = {
    "NameResolutionError": "name-unknown",
    "ProxyError": "proxy-silent",
    "SSLError": "certificate",
    "SSLCertVerificationError": "certificate",
}
# In this order: a refusal for the clock is an invalid_grant too.
_CREDENTIALS_CAUSES = {
    "This machine's clock is": "clock-off",
    "invalid_grant": "key-gone",
}
