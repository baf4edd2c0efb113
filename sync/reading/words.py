"""Words that people use for fixed things, in the languages met so far: yes and no, levels, directions, metrics.

Every table maps compared forms (`okr.key_of`) to meanings. A word that is in no table means nothing: `word_cells`
says so to the reader, nothing is guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from sync.domain.keys import key_of
from sync.domain.okr import Kind, Level, Metric, Status

YES_NO: dict[str, bool] = {
    **dict.fromkeys(["yes", "y", "true", "done", "có", "xong", "đã xong", "đạt", "đã đạt", "hoàn thành", "đã hoàn thành", "hoàn tất", "✓", "✔", "✔️", "✅", "☑",
                     "sim", "sí", "oui", "ja", "はい", "完了"], True),
    **dict.fromkeys(["no", "n", "false", "không", "không đạt", "chưa", "chưa xong", "chưa đạt", "chưa hoàn thành", "✗", "✘", "❌", "☐", "não", "non", "nein",
                     "いいえ", "not done"], False),
}  # fmt: skip

LEVELS: dict[str, Level] = {
    **dict.fromkeys(["công ty", "toàn công ty", "tập đoàn", "company", "corporate", "organization", "empresa"], Level.COMPANY),
    **dict.fromkeys(["phòng ban", "phòng", "bộ phận", "ban", "khối", "đội", "nhóm", "department", "division", "team"],
                    Level.DEPARTMENT),
    **dict.fromkeys(["cá nhân", "nhân viên", "individual", "personal", "person", "employee"], Level.INDIVIDUAL),
}  # fmt: skip

DIRECTIONS: dict[str, Metric] = {
    **dict.fromkeys(["giảm", "giảm xuống", "giảm dần", "xuống", "càng thấp càng tốt", "càng ít càng tốt", "càng nhỏ càng tốt",
                     "thấp hơn là tốt", "thấp là tốt", "decrease", "decreasing", "down", "reduce", "fall", "lower",
                     "lower is better", "less is better", "the lower the better", "the less the better", "minimize", "minimise", "minimize it", "↓", "▼", "⬇", "⬇️",
                     "baixar", "bajar", "reducir", "reduzir", "disminuir", "diminuir", "minimizar", "menor es mejor",
                     "menor é melhor", "quanto menor, melhor", "quanto menos, melhor", "cuanto menor, mejor",
                     "cuanto menos, mejor", "réduire", "senken", "je niedriger, desto besser", "je weniger, desto besser"], Metric.LINEAR_DOWN),
    **dict.fromkeys(["tăng", "tăng lên", "tăng dần", "lên", "càng cao càng tốt", "càng nhiều càng tốt", "càng lớn càng tốt",
                     "cao hơn là tốt", "cao là tốt", "increase", "increasing", "up", "raise", "rise", "higher",
                     "higher is better", "more is better", "the higher the better", "the more the better", "maximize", "maximise", "maximize it", "↑", "▲", "⬆", "⬆️",
                     "subir", "aumentar", "maximizar", "mayor es mejor", "maior é melhor", "quanto maior, melhor",
                     "quanto mais, melhor", "cuanto mayor, mejor", "cuanto más, mejor", "augmenter", "steigern",
                     "je höher, desto besser", "je mehr, desto besser"],
                    Metric.LINEAR),
}  # fmt: skip

# Verbs in a key result's own sentence. Japanese verbs stand at its end, behind the number.
FALLING = re.compile(
    r"\b(?:giảm|rút ngắn|rút bớt|cắt bớt|thu hẹp|hạn chế|bớt|hạ(?! (?:tầng|long|nguồn|lưu|du|cánh|viện)\b)|(?<!tải )xuống)\b"
    r"|\b(?:reduc(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|cut(?:s|ting)?|drop(?:s|ped|ping)?|lower(?:s|ed|ing)|shorten(?:s|ed|ing)?"
    r"|shrink(?:s|ing)?|halv(?:e|es|ed|ing)|minimi[sz](?:e|es|ed|ing)|diminish(?:es|ed|ing)?|trim(?:s|med|ming)?|curb(?:s|ed|ing)?"
    r"|declin(?:e|es|ed|ing)|down(?= to| from|\s*$))\b(?!-)"
    r"|^\W*lower\b|\bto lower\b|\bbring\b.{1,60}\bdown\b"
    r"|\b(?:reducir|disminuir|bajar|rebajar|recortar|acortar|minimizar|reduzir|diminuir|baixar|encurtar|cortar"
    r"|réduire|diminuer|baisser|abaisser|raccourcir|senken|reduzieren|verringern|verkürzen|minimieren)\b"
    r"|(?:減らす|下げる|抑える|(?:削減|短縮|低減|減少)(?:する)?)[\s。.)）]*$|降低|减少|減少(?!する)|缩短|縮短|降至",
    re.IGNORECASE,
)
# What is said of a number as such, wherever it stands.
LOWER_IS_BETTER = re.compile(
    r"\b(?:càng (?:thấp|ít|nhỏ) càng tốt|thấp hơn là tốt|(?:lower|less) is better|the (?:lower|less),? the better"
    r"|quanto (?:menor|menos),? melhor|cuanto (?:menor|menos),? mejor|je (?:niedriger|weniger),? desto besser)\b",
    re.IGNORECASE,
)
RISING = re.compile(
    r"\b(?:tăng|nâng|mở rộng|increas(?:e|es|ed|ing)|grow(?:s|ing)?|rais(?:e|es|ed|ing)|lift(?:s|ed|ing)?|boost(?:s|ed|ing)?"
    r"|expand(?:s|ed|ing)?|improv(?:e|es|ed|ing)|aumentar|subir|crecer|crescer|elevar|augmenter|erhöhen|steigern)\b|提高|增加|増やす",
    re.IGNORECASE,
)

METRICS: dict[str, Metric] = {
    **{metric.value: metric for metric in Metric if metric is not Metric.UNKNOWN},
    **dict.fromkeys(["boolean", "yes/no", "có/không", "checkbox", "milestone", "cột mốc"], Metric.DONE),
    **dict.fromkeys(["number", "percentage", "percent", "currency", "%", "số", "phần trăm", "tiền"], Metric.LINEAR),
    **dict.fromkeys(["tối đa", "không quá", "at most", "stay below", "max"], Metric.AT_MOST),
    **dict.fromkeys(["tối thiểu", "ít nhất", "at least", "stay above", "min"], Metric.AT_LEAST),
    **dict.fromkeys(["trong khoảng", "range"], Metric.BETWEEN),
    **dict.fromkeys(["tiến độ", "progress"], Metric.PROGRESS),
}  # fmt: skip

# Statuses that set an objective apart from those at work.
STATUSES: dict[str, Status] = {
    **dict.fromkeys(["draft", "nháp", "bản nháp", "dự thảo", "borrador", "rascunho"], Status.DRAFT),
    **dict.fromkeys(["closed", "đóng", "đã đóng", "kết thúc", "đã kết thúc", "archived", "cerrado"], Status.CLOSED),
}  # fmt: skip

_AT_WORK: dict[str, Status] = dict.fromkeys(
    ["active", "đang chạy", "đang làm", "đang thực hiện", "đang triển khai", "đang tiến hành", "hoạt động", "chưa bắt đầu",
     "mới", "đúng tiến độ", "đúng hạn", "chậm", "chậm tiến độ", "trễ hạn", "rủi ro", "có rủi ro", "hoàn thành",
     "đã hoàn thành", "đạt", "chưa đạt", "open", "new", "not started", "in progress", "ongoing", "on track", "at risk",
     "off track", "behind", "delayed", "late", "done", "complete", "completed", "activo", "ativo", "en curso",
     "em andamento", "進行中", "进行中"], Status.ACTIVE)  # fmt: skip

KINDS: dict[str, Kind] = {
    **dict.fromkeys(["committed", "cam kết"], Kind.COMMITTED),
    **dict.fromkeys(["aspirational", "tham vọng"], Kind.ASPIRATIONAL),
}

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Vocabulary(Generic[T]):
    """The words that are understood in one field. `examples` are offered to who typed another."""

    words: Mapping[str, T]
    examples: tuple[str, ...]


DIRECTION = Vocabulary(DIRECTIONS, ("tăng", "giảm", "increase", "decrease", "↑", "↓", "càng thấp càng tốt"))
METRIC = Vocabulary(METRICS, ("linear", "at_most", "at_least", "between", "done", "steps", "tối đa", "có/không"))
LEVEL = Vocabulary(LEVELS, ("Công ty", "Phòng ban", "Cá nhân", "Company", "Department", "Individual"))
STATUS = Vocabulary({**STATUSES, **_AT_WORK}, ("Nháp", "Đang chạy", "Đóng", "Draft", "Active", "Closed"))
KIND = Vocabulary(KINDS, ("Cam kết", "Tham vọng", "Committed", "Aspirational"))


def yes_or_no(text: str) -> bool | None:
    """True, False, or None for a text that is neither."""
    return YES_NO.get(key_of(text))


TOTALS = frozenset(
    ["tổng", "tổng cộng", "tổng điểm", "tổng số", "cộng", "trung bình", "điểm trung bình", "total", "totals",
     "grand total", "subtotal", "sum", "average", "overall", "合計", "総計", "小計", "平均", "totais", "totales",
     "média", "promedio", "gesamt", "summe", "somme", "moyenne"]
)  # fmt: skip


def is_total(text: str) -> bool:
    """Whether a text names a line of totals rather than an objective or a key result."""
    return key_of(text).rstrip(" :.=") in TOTALS
