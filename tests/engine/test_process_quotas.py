"""Companies of one process that sign in as one account count against one quota."""

from pathlib import Path

from sync.engine import ProcessQuotas
from tests.support.clocks import ManualClock
from tests.support.postgresql import PostgreSQL
from tests.support.settings_files import SMALLEST, load


def test_one_account_has_one_quota_whichever_company_signs_in_as_it(tmp_path: Path) -> None:
    acme, beta = (load(tmp_path, f'state = "{name}"\n{SMALLEST}') for name in ("acme", "beta"))
    quotas = ProcessQuotas(ManualClock())
    key = tmp_path / "key.json"
    assert quotas(acme).of(key, 60, 300) is quotas(beta).of(key, 60, 300)


def test_what_machines_share_is_counted_where_they_share_it(tmp_path: Path, postgresql: PostgreSQL) -> None:
    place = postgresql.new_database()
    shared, also = (load(tmp_path, f'state = "{name}"\ndatabase = "{place}"\n{SMALLEST}') for name in ("acme", "beta"))
    quotas = ProcessQuotas(ManualClock())
    assert quotas(shared) is quotas(also)
    assert quotas(shared) is not quotas(load(tmp_path, SMALLEST))
