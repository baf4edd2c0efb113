"""Problems as the company shows them. Values with no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass

from sync.domain.problems import Problem


@dataclass(frozen=True, slots=True)
class CompanyProblem:
    """A problem and the spreadsheet that it is in; "" where it concerns no single one.

    `draft` is the key of the draft that it is about, "" for a problem of what counts.
    """

    problem: Problem
    spreadsheet: str
    draft: str = ""


@dataclass(frozen=True, slots=True)
class CompanyProblems:
    """All of them in their order, those of drafts by the draft's key, and those of what counts by the item's."""

    all: tuple[CompanyProblem, ...]
    lacking: Mapping[str, tuple[Problem, ...]]
    concerning: Mapping[str, tuple[Problem, ...]]
