"""How well a header fits a role, by the words of all languages, which stand in `vocabulary`.

Compares texts without accents, with CamelCase and snake_case taken apart, so that "MucTieu", "mục_tiêu" and
"Mục tiêu" are one. Knows words only: what stands in the column is looked at in `columns`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from sync.reading.plain import plain
from sync.reading.vocabulary import words_by_role

# What a header may begin or end with to say whose column it is, as plain words. Where two of them fit, as in
# "Kết quả KPI", their order across the languages decides, so they are not kept in a file for each.
_ENTITIES = {
    "objective": ("objective", "goal", "okr", "o", "muc tieu", "obj", "objetivo"),
    "key_result": ("key result", "kr", "ket qua then chot", "ket qua", "kpi"),
}
_OF_OBJECTIVE = {
    **dict.fromkeys(("score", "current", "points"), "objective_score"),
    **dict.fromkeys(("owner", "person"), "objective_owner"),
    "text": "objective", "weight": "objective_weight", "id": "objective_id",
}  # fmt: skip
# "Mục tiêu phòng" is the objective of a department; what stands behind the word says whose it is.
_WHOSE = ("unit", "initiative", "level", "person")
# "Điểm OKR" is the score of a row, whatever it is.
_TOO_WIDE = ("okr", "ket qua")
# What stands beside "Key Result" in a header says that the column is about key results and does not hold them.
_ASIDE = ("owner", "weight", "confidence", "status")
_SEPARATORS = re.compile(r"[\n/()（）|:,\[\]]| - | – ")
# "Responsable del⏎Key Result" is one name on two lines, of a person.
_PREPOSITIONS = "of|của|cua|for|cho|de|del|do|da|du|des|der|von|di"
_GOES_ON = re.compile(rf"(?<=\s)({_PREPOSITIONS})\s*\n\s*", re.IGNORECASE)
_OF = re.compile(rf" ({_PREPOSITIONS})$")
_YEAR = re.compile(r"\b20\d\d\b")
LEAST = 0.6
# Shorter words become others by a letter. What is misspelled is never certain.
_SHORTEST, _LONGEST, _NEARLY = 5, 30, 0.8


@lru_cache(maxsize=4096)
def roles_of(header: str) -> dict[str, float]:
    """How well a header fits each role; a header in two languages fits better the more of it agrees."""
    text = _GOES_ON.sub(r"\1 ", _YEAR.sub(" ", header).replace("#", " id "))
    found = _of_part(plain(text))
    parts = [part for piece in _SEPARATORS.split(text) if (part := plain(piece))]
    if len(parts) > 1:
        of_parts = [_of_part(part) for part in parts[:6]]
        found = {role: _together(role, [found, *of_parts]) for role in set(found).union(*of_parts)}
    if any(found.get(role, 0) >= LEAST for role in _ASIDE):
        found |= {role: worth * 0.4 for role, worth in found.items() if role in _ENTITIES}
    return {role: worth for role, worth in found.items() if worth >= 0.3}


def _together(role: str, found: list[dict[str, float]]) -> float:
    """The best of all parts, or what several say clearly."""
    worths = [roles.get(role, 0) for roles in found]
    return max(worths[0], *worths[1:], sum(worth for worth in worths[1:] if worth >= LEAST))


def _of_part(part: str) -> dict[str, float]:
    own = {role: best for role, words in words_by_role().items() if (best := _best(part, words))}
    own = own or _misspelled(part)
    for entity, prefixes in _ENTITIES.items():
        for prefix in prefixes:
            if part.startswith(f"{prefix} "):
                rest = _direct(part[len(prefix) + 1 :])
                if prefix == "muc tieu":
                    own, rest = (
                        {role: worth for role, worth in found.items() if role not in _WHOSE} for found in (own, rest)
                    )
                own = _merged(own, entity, rest)
            if part.endswith(f" {prefix}") and prefix not in _TOO_WIDE:
                own = _merged({}, entity, _direct(_OF.sub("", part[: -len(prefix) - 1]))) or own
    if part.split()[-1:] in (["id"], ["ids"], ["code"]):
        return {role: worth for role, worth in own.items() if role.endswith("id") or role == "parent"}
    return own


def _misspelled(part: str) -> dict[str, float]:
    """What a text says that lacks a letter of a word, has one too many, or two in each other's place."""
    if not _SHORTEST <= len(part) <= _LONGEST:
        return {}
    one_less = _one_less()
    near = [*one_less.get(part, ()), *(shorter for shorter in _shortened(part) if _direct(shorter))]
    near += [word for i in range(len(part) - 1) if _direct(word := part[:i] + part[i + 1] + part[i] + part[i + 2 :])]
    found: dict[str, float] = {}
    for role, worth in ((role, worth) for word in near for role, worth in _direct(word).items()):
        found[role] = max(found.get(role, 0), worth * _NEARLY)
    return found


@lru_cache(maxsize=1)
def _one_less() -> Mapping[str, list[str]]:
    """The words by what is left of them without a letter."""
    found: dict[str, list[str]] = {}
    for word in {word for words in words_by_role().values() for word in words}:
        if _SHORTEST < len(word) <= _LONGEST:
            for shorter in set(_shortened(word)):
                found.setdefault(shorter, []).append(word)
    return found


def _shortened(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def forget_words() -> None:
    """After the words were changed."""
    roles_of.cache_clear()
    _one_less.cache_clear()


def _direct(part: str) -> dict[str, float]:
    return {role: words[part] for role, words in words_by_role().items() if part in words}


def _merged(own: dict[str, float], entity: str, rest: dict[str, float]) -> dict[str, float]:
    """ "goal owner" is the objective's owner, "KR target" a target."""
    found = dict(own)
    for role, worth in rest.items():
        if role == "period":
            continue  # "Mục tiêu học kỳ" is an objective, of a term
        if entity == "key_result":
            role = {"text": "key_result", "id": "key_result_id"}.get(role, role)
        else:
            role = _OF_OBJECTIVE.get(role, role)
        found[role] = max(found.get(role, 0), worth)
    return found


def _best(part: str, words: Mapping[str, float]) -> float:
    if part in words:
        return words[part]
    if len(part) > 80:
        return 0
    spaced = f" {part} "
    return max(
        (
            worth * (0.4 + 0.1 * part.startswith(f"{word} ") + 0.5 * len(word) / len(part))
            for word, worth in words.items()
            if f" {word} " in spaced
        ),
        default=0,
    )


_PERIOD = re.compile(
    r"\b(?:q|quy|quarter|trimestre|tri|hk|hoc ky|h|thang|month|ky)\s*(\d{1,2}|iv|i{1,3})\b|\b(\d) ?(?:q|t)\b"
)

_TIME = re.compile(
    r"(tuan|week|wk|w|kw|semana|sem|thang|thg|month|m|t|mes|monat|ky|sprint) ?\d{1,2}|\d{1,2} ?月"
    r"|(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|january|february|march|april|june|july|august|september|october"
    r"|november|december|ene|abr|ago|set|out|dic|dez|mai|okt|fev|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro"
    r"|dezembro|januar|februar|marz|juni|juli|oktober|dezember)( \d\d)?"
)


def is_time(text: str) -> bool:
    """Whether a header is nothing but a week or month, in which something was measured."""
    return len(text) <= 20 and bool(_TIME.fullmatch(plain(_YEAR.sub(" ", text))))


def period_in(text: str) -> str:
    """The part of a text that names a quarter or month, in compared form; empty where none does."""
    match = _PERIOD.search(plain(text))
    return match[0] if match else ""


def period_number(text: str) -> int:
    """The year and number of a period, so that newer ones are larger."""
    match = _PERIOD.search(plain(text))
    year = _YEAR.search(text)
    number = (match[1] or match[2]) if match else "0"
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    return int(year[0] if year else 0) * 100 + (roman.get(number) or int(number))
