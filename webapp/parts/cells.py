"""Links from the page into the sheets. Lets no address through that is anything but that of a web page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from sync.domain.cells import CellRef
from sync.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class CellLink:
    """A cell by name, with its address; "" where there is none that is safe to follow."""

    label: str
    url: str


def cell_link(cell: CellRef | None, snapshots: Mapping[str, Snapshot]) -> CellLink | None:
    """Where a cell can be opened."""
    if cell is None:
        return None
    snapshot = snapshots.get(cell.spreadsheet)
    url = web_address(snapshot.url) if snapshot else ""
    return CellLink(str(cell), f"{url}#gid={cell.sheet_id}&range={cell.a1}" if url else "")


@lru_cache(maxsize=1024)
def web_address(url: str) -> str:
    """The address when it names a host on the web and nobody's name or password, else ""."""
    try:
        parts = urlsplit(url)
        safe = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return ""
    return parts._replace(fragment="").geturl() if safe else ""
