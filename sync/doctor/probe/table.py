"""What the probe saw, as a Markdown table that can be pasted into an issue. Decides nothing."""

import re
from collections.abc import Iterable

from sync.doctor.probe.fact import Result

_SIGNS = {True: "✓", False: "✗", None: "–"}
# Google names the Cloud project in some refusals; it concerns nobody who reads the issue.
_PROJECT = re.compile(r"\b(project_number:|projects?[/ ])[\w-]*\d[\w-]*")


def as_markdown(results: Iterable[Result]) -> str:
    """One row a fact: what it is, what was expected, what was seen, and whether they agree."""
    lines = ["| fact | expected | seen | |", "|---|---|---|---|"]
    for result in results:
        fact, seen = result.fact, result.seen
        lines.append(f"| {fact.name} | {fact.expected} | {_as_code(seen.text)} | {_SIGNS[seen.as_expected]} |")
    return "\n".join(lines)


def _as_code(text: str) -> str:
    """On one line, as code: nothing that a cell or Google says is markup."""
    without_project = _PROJECT.sub(r"\1…", " ".join(text.split()))
    return "`" + without_project.replace("`", "'").replace("|", r"\|") + "`"
