"""Which rules of a good OKR the company does not want to hear of."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from rapidfuzz import process

from sync.config.faults import Fault
from sync.config.sources import Strict
from sync.domain.rules import ADVICE

# From 0 to 100; codes that share less of their letters are not meant.
ALIKE = 60


def _a_rule(code: str) -> str:
    if code in ADVICE:
        return code
    near = process.extractOne(code.casefold(), list(ADVICE), score_cutoff=ALIKE)
    if near:
        raise Fault("nearest-rule", given=code, rule=near[0])
    raise Fault("unknown-rule", given=code, rules=", ".join(ADVICE))


Rule = Annotated[str, AfterValidator(_a_rule), WithJsonSchema({"enum": list(ADVICE)})]


class RulesSettings(Strict):
    """The rules of a good OKR: advice, which a company may think otherwise about."""

    off: frozenset[Rule] = Field(
        frozenset(), description="Rules that are not to be told, by the codes of their problems."
    )
