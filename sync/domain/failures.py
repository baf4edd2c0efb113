"""The kinds of failure that stop a pass. What was seen of one is an exception of the room that met it."""

from enum import StrEnum


class Trouble(StrEnum):
    """What kind of trouble it is, which decides who must do what."""

    NETWORK = "network"  # no answer, a broken one, or Google's own fault: it passes by itself
    QUOTA = "quota"  # too many requests a minute: it passes by itself
    CREDENTIALS = "credentials"  # no usable key, or Google refuses it
    PERMISSION = "permission"  # the spreadsheet is not shared with us, or not for editing
    NOT_FOUND = "not-found"  # no such spreadsheet
    NOT_A_SHEET = "not-a-sheet"  # an uploaded .xlsx
    API_DISABLED = "api-disabled"  # the Sheets API is off in the Google Cloud project
    PROTECTED = "protected"  # a protected range refused the whole write
    RANGE = "range"  # a tab that we asked for by its title is gone or renamed
    REFUSED = "refused"  # anything else that Google refuses: our fault
    STOPPED = "stopped"  # we are shutting down
    BUSY = "busy"  # another process makes a pass over it; with a detail: this machine had no time for ours
    INTERNAL = "internal"  # we tripped over something that nobody foresaw: our fault
    LEASE_LOST = "lease-lost"  # we were held up until another process could take over
    RECORDS = "records"  # no pass without our database and state folder


# Google says either of a spreadsheet that is not shared with us.
NOT_SHARED = frozenset({Trouble.PERMISSION, Trouble.NOT_FOUND})
