"""When a message is due, and whether it still is. Pure."""

from datetime import datetime, timedelta

from sync.domain.notices import Notice, NoticeState, Told

DAY = timedelta(days=1)
# What fell due before that is not even told to be too old.
LONG_AGO = timedelta(days=14)


def is_open(about: str, due: datetime, told: Told, now: datetime) -> bool:
    """Whether a message that fell due is still to be made: unless it is settled.

    One that is older than a day is not, where nothing of its kind was ever said: then nobody waits for it. Else it is,
    so that its end is told.
    """
    known = told.get(about)
    if known is not None:
        return not known.is_settled
    kind = about.split(" ")[0]
    is_known = any(notice.about.split(" ")[0] == kind for notice in told.values())
    return now - due <= (LONG_AGO if is_known else DAY)


def due_of(about: str, told: Told, now: datetime) -> datetime:
    """When something fell due that falls due as soon as it is seen."""
    known = told.get(about)
    return known.due if known else now


def newest(kind: str, told: Told) -> Notice | None:
    """The last message of a kind that was said, or may have been, or that there was nothing to say in."""
    said = [
        notice
        for notice in told.values()
        if notice.about.split(" ")[0] == kind
        and (notice.state in (NoticeState.SENT, NoticeState.NOTHING) or (notice.is_settled and notice.unsure))
    ]
    return max(said, key=lambda notice: notice.at, default=None)


def waiting(kind: str, told: Told) -> Notice | None:
    """The message of a kind that is still to be sent, where there is one."""
    found = [notice for notice in told.values() if notice.about.split(" ")[0] == kind and not notice.is_settled]
    return min(found, key=lambda notice: notice.due, default=None)
