"""The working of every score: arithmetic that a reader can redo. Pure; the policy itself is `sync.domain.scoring`."""

from sync.domain.okr import KeyResult, Objective
from sync.domain.scoring import ZERO
from sync.domain.working import mean_working, working
from webapp.company.company import Company
from webapp.parts.items import lacks_weight, weight_text
from webapp.reader.reader import Reader


def key_result_working(key_result: KeyResult, company: Company, reader: Reader) -> str:
    """Such as "(36 − 30) ÷ (50 − 30) = 0.30, weight 2 of 5"; empty where there is no score to explain."""
    formats = reader.formats
    is_percent = "%" in (key_result.start.unit, key_result.target.unit, key_result.current.unit)
    show = formats.percentage if is_percent else formats.as_carried
    said = working(key_result, company.score(key_result.key), show, formats.as_carried)
    share = _share(key_result, company, reader)
    return reader.words.gettext("%(working)s, weight %(share)s", working=said, share=share) if said and share else said


def objective_working(objective: Objective, company: Company, reader: Reader) -> str:
    """ "(2 × 0.30 + 3 × 0.80) ÷ 5 = 0.60"; empty where there is no score to explain, or a single part says it all."""
    score = company.score(objective.key)
    return mean_working(score, reader.formats.score, reader.formats.number) if len(score.parts) > 1 else ""


def _share(key_result: KeyResult, company: Company, reader: Reader) -> str:
    """The weight among those that count; empty where all weigh the same or it has no objective."""
    if not key_result.objective or key_result.weight is None or lacks_weight(key_result, company):
        return ""
    objective = company.alignment.objectives.get(key_result.objective)
    weights = {found.weight for found in company.key_results_of(key_result.objective)}
    if objective is None or len(weights) == 1:
        return ""
    whole = sum((weight for weight, _ in company.score(objective.key).parts), ZERO)
    if key_result.weight_unit == "%":
        return weight_text(key_result, company, reader)
    if not whole:
        return ""
    number = reader.formats.number
    return reader.words.gettext("%(part)s of %(whole)s", part=number(key_result.weight), whole=number(whole))
