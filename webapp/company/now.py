"""The company as the records hold it now."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sync.domain.company import CompanySettings
from sync.records import Records
from webapp.company.company import Company, company_of
from webapp.company.kept import Kept

A_WEEK = timedelta(days=7)


def company_now(
    records: Records,
    configured: Collection[str],
    settings: CompanySettings,
    now: datetime,
    kept: Kept | None = None,
) -> tuple[Company, Mapping[str, bool]]:
    """The company, and which of its periods people closed or opened again. Raises RecordsError.

    `configured` are the spreadsheets that make it whole, `kept` is what is known from the company before.
    """
    today = settings.calendar.today(now)
    snapshots, before = records.snapshots(), records.scores_as_of(settings.calendar.midnight(today) - A_WEEK)
    whole = {found.spreadsheet for found in snapshots}.issuperset(configured)
    gone = [period.results for period in records.closed_periods_of_the_gone()]
    by_hand, changes = records.closed_by_hand(), records.newest_changes()
    company = company_of(
        snapshots, before, settings, today, whole=whole, gone=gone, by_hand=by_hand, changes=changes, kept=kept
    )
    return company, by_hand
