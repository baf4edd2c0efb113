"""Times as the database keeps them: UTC, without a zone."""

from datetime import UTC, datetime


def naive(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)
