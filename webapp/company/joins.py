"""What spreadsheets say together, made anew only where something that it is made from changed.

Each part of an answer is of one spreadsheet and is kept with all that it was made from: what stands in the spreadsheet,
and what its references lead to in others. Putting the parts together is left to `company`. Pure, but for what is kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import chain

from sync.domain.alignment import Alignment, Index, Links, aligned, links_of
from sync.domain.company import CompanySettings
from sync.domain.concerning import Sorted, sorted_problems
from sync.domain.joining import joined, united
from sync.domain.naming import Names, joined_bearers
from sync.domain.periods import Calendar, Span
from sync.domain.problems import Problem
from sync.domain.rules import OF_PARENTS, Said, said
from sync.domain.rules.objectives import too_many_objectives, too_many_of
from sync.domain.scoring import Score
from sync.domain.snapshot import Snapshot
from webapp.company.heard import Heard, Sources, heard_of
from webapp.company.kept import Kept
from webapp.company.own import OwnPart, own_part
from webapp.company.problems import CompanyProblem, CompanyProblems
from webapp.company.referred import Referred, asked_elsewhere, referred

# Whose parts those of closed periods are whose spreadsheets are not read any more: all of them together.
GONE = ""


class Joins:
    """The spreadsheets that are read, and what is left of the `gone`. `parts` are in the order of `whose`."""

    def __init__(
        self, read: Sequence[Snapshot], gone: Sequence[Snapshot], calendar: Calendar, today: date, kept: Kept
    ) -> None:
        self._read, self._gone, self._today, self._kept = read, gone, today, kept
        self._calendar = calendar
        self.whose = [*(snapshot.spreadsheet for snapshot in read), GONE]
        self.parts = [*map(self._part, read), self._part_of_gone()]
        bearers = joined_bearers([part.bearers for part in self.parts])
        self.names = Names(bearers, calendar)
        index = Index(bearers, calendar)
        self._links = [links_of(part.objectives.values(), index) for part in self.parts]
        key_results = joined(part.key_results for part in self.parts)
        self.alignment = aligned(bearers.objectives, key_results, self._links, calendar)
        self.referred = [*map(self._referred, read, self.parts), *(referred(each, self.names, today) for each in gone)]

    def said(self) -> list[Said]:
        """What rules say that look at one spreadsheet at a time, at the objectives above besides, or at groups."""
        parts = zip(self.whose, self.parts, self._links, strict=True)
        too_many = list(too_many_of(joined(part.groups for part in self.parts)))
        within = [part.said for part in self.parts]
        return [*within, *(self._said_of_parents(*each) for each in parts), {too_many_objectives: too_many}]

    def heard(self, sources: Sources, settings: CompanySettings, running: Mapping[str, Span]) -> dict[str, Heard]:
        """As `heard_of` tells it."""
        scores = [*(each.scores for each in self._read), united(each.scores for each in self._gone)]
        return united(
            self._heard(*each, sources, settings, running) for each in zip(self.whose, self.parts, scores, strict=True)
        )

    def sorted(self, problems: Iterable[tuple[Problem, str]]) -> CompanyProblems:
        """Problems, each with the spreadsheet that it is in, by what they are about."""
        problems = list(problems)
        places = dict.fromkeys(self.whose[:-1])
        here = [_place(problem) if _place(problem) in places else GONE for problem, _ in problems]
        by_place: dict[str, list[Problem]] = {}
        for place, (problem, _) in zip(here, problems, strict=True):
            by_place.setdefault(place, []).append(problem)
        found = {
            whose: self._sorted(whose, part, tuple(by_place[whose]))
            for whose, part in zip(self.whose, self.parts, strict=True)
            if whose in by_place
        }
        each = {whose: zip(those.problems, those.drafts, strict=True) for whose, those in found.items()}
        told = ((next(each[place]), spreadsheet) for place, (_, spreadsheet) in zip(here, problems, strict=True))
        return CompanyProblems(
            tuple(CompanyProblem(problem, spreadsheet, draft) for (problem, draft), spreadsheet in told),
            united(those.lacking for those in found.values()),
            united(those.concerning for those in found.values()),
        )

    def _part(self, snapshot: Snapshot) -> OwnPart:
        made_from = (snapshot.objectives, snapshot.key_results)
        return self._kept.get("own", snapshot.spreadsheet, made_from, lambda: own_part(*made_from, self._calendar))

    def _part_of_gone(self) -> OwnPart:
        return own_part(
            chain.from_iterable(snapshot.objectives for snapshot in self._gone),
            chain.from_iterable(snapshot.key_results for snapshot in self._gone),
            self._calendar,
        )

    def _referred(self, snapshot: Snapshot, part: OwnPart) -> Referred:
        rows = (part, snapshot.check_ins, snapshot.initiatives, snapshot.cycle)
        elsewhere = self._kept.get("asked", snapshot.spreadsheet, rows, lambda: asked_elsewhere(snapshot, part))
        made_from = (*rows, self.names.seen(elsewhere, snapshot.spreadsheet))
        make = partial(referred, snapshot, self.names, self._today)
        return self._kept.get("referred", snapshot.spreadsheet, made_from, make)

    def _said_of_parents(self, whose: str, part: OwnPart, links: Links) -> Said:
        children = tuple(key for key in links.parents if key in self.alignment.parents)
        above = [links.parents[key].objective for key in children]
        objectives = tuple(map(self.alignment.objectives.get, above))
        key_results = tuple(map(self.alignment.key_results.get, above))
        made_from = (part, children, objectives, key_results)
        return self._kept.get("parents", whose, made_from, lambda: said(OF_PARENTS, self._linked(children)))

    def _linked(self, children: Iterable[str]) -> Alignment:
        """The company with the parents of some objectives only."""
        whole = self.alignment
        parents = {key: whole.parents[key] for key in children}
        return Alignment(whole.objectives, whole.key_results, parents, calendar=whole.calendar)

    def _heard(
        self,
        whose: str,
        part: OwnPart,
        scores: Mapping[str, Score],
        sources: Sources,
        settings: CompanySettings,
        running: Mapping[str, Span],
    ) -> dict[str, Heard]:
        changes = tuple(map(sources.changes.get, part.by_key))
        check_ins = tuple(map(sources.check_ins.get, part.by_key))
        logs = frozenset(key_result.cell.spreadsheet for key_result in part.by_key.values()) & sources.with_log
        runs = tuple(objective.period in running for objective in part.objectives.values())
        made_from = (part, scores, changes, check_ins, logs, runs)
        make = partial(
            heard_of, part.objectives.values(), part.key_results, scores, sources, settings, running, self._today
        )
        return self._kept.get("heard", whose, made_from, make)

    def _sorted(self, whose: str, part: OwnPart, problems: tuple[Problem, ...]) -> Sorted:
        return self._kept.get("sorted", whose, (part, problems), lambda: sorted_problems(part.items, problems))


def _place(problem: Problem) -> str:
    return problem.cell.spreadsheet if problem.cell else GONE
