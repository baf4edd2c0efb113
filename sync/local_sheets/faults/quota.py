"""Google's quota: so many reads and so many writes a minute for each caller, full again at the minute's edge.

Off until somebody sets it. It counts what the server accepts from a known caller, whatever becomes of it later.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sync.local_sheets.errors import ApiError

Now = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


class Quota:
    def __init__(self) -> None:
        self._limits: dict[str, int] = {}
        self._now: Now = wall_clock
        self._minute = 0
        self._used: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()

    def set(self, reads: int | None, writes: int | None, now: Now) -> None:
        """None is no limit. What was used before is forgotten."""
        limits = {"read": reads, "write": writes}
        with self._lock:
            self._limits = {kind: limit for kind, limit in limits.items() if limit is not None}
            self._now = now
            self._used.clear()

    def take(self, caller: str, kind: str) -> None:
        """Counts a request of that kind, or raises Google's refusal. A refused request takes nothing."""
        if kind not in self._limits:
            return
        with self._lock:
            minute = int(self._now().timestamp() // 60)
            if minute != self._minute:
                self._minute = minute
                self._used.clear()
            if self._used[caller, kind] >= self._limits[kind]:
                raise exhausted(kind, self._limits[kind])
            self._used[caller, kind] += 1


def exhausted(kind: str, limit: int) -> ApiError:
    """What Google says to a caller whose `kind` ("read" or "write") of requests is used up."""
    name, service = kind.capitalize(), "sheets.googleapis.com"
    message = (
        f"Quota exceeded for quota metric '{name} requests' and limit '{name} requests per minute per user' "
        f"of service '{service}' for consumer 'project_number:1'."
    )
    metadata = {
        "quota_limit": f"{name}RequestsPerMinutePerUser",
        "quota_limit_value": str(limit),
        "quota_metric": f"{service}/{kind}_requests",
        "quota_location": "global",
        "service": service,
        "consumer": "projects/1",
    }
    link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quota#requesting_higher_quota",
    }
    details: list[dict[str, Any]] = [
        {
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": "RATE_LIMIT_EXCEEDED",
            "domain": "googleapis.com",
            "metadata": metadata,
        },
        {"@type": "type.googleapis.com/google.rpc.Help", "links": [link]},
    ]
    return ApiError(429, message, details)
