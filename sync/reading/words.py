"""Words that people use for fixed things, in the languages met so far: yes and no, levels, directions, metrics.

Every table maps compared forms (`okr.key_of`) to meanings. A word that is in no table means nothing: the caller
says so to the reader, nothing is guessed.
"""

from sync.okr import Kind, Level, Metric, Status, key_of

YES_NO: dict[str, bool] = {
    **dict.fromkeys(["yes", "y", "true", "done", "có", "xong", "đã xong", "đạt", "hoàn thành", "✓", "✔", "✔️", "✅", "☑",
                     "sim", "sí", "oui", "ja", "はい", "完了"], True),
    **dict.fromkeys(["no", "false", "không", "chưa", "chưa xong", "chưa đạt", "✗", "✘", "❌", "☐", "não", "non", "nein",
                     "いいえ", "not done"], False),
}  # fmt: skip

LEVELS: dict[str, Level] = {
    **dict.fromkeys(["công ty", "toàn công ty", "tập đoàn", "company", "corporate", "organization", "empresa"], Level.COMPANY),
    **dict.fromkeys(["phòng ban", "phòng", "bộ phận", "ban", "khối", "đội", "nhóm", "department", "division", "team"],
                    Level.DEPARTMENT),
    **dict.fromkeys(["cá nhân", "nhân viên", "individual", "personal", "person", "employee"], Level.INDIVIDUAL),
}  # fmt: skip

FALLS: dict[str, bool] = {
    **dict.fromkeys(["giảm", "giảm xuống", "decrease", "down", "reduce", "fall", "lower", "↓", "▼", "baixar", "bajar"], True),
    **dict.fromkeys(["tăng", "tăng lên", "increase", "up", "raise", "rise", "higher", "↑", "▲", "subir"], False),
}  # fmt: skip

METRICS: dict[str, Metric] = {
    **{metric.value: metric for metric in Metric},
    **dict.fromkeys(["boolean", "yes/no", "có/không", "checkbox", "milestone", "cột mốc"], Metric.DONE),
    **dict.fromkeys(["number", "percentage", "percent", "currency", "%", "số", "phần trăm", "tiền"], Metric.LINEAR),
    **dict.fromkeys(["tối đa", "không quá", "at most", "stay below", "max"], Metric.AT_MOST),
    **dict.fromkeys(["tối thiểu", "ít nhất", "at least", "stay above", "min"], Metric.AT_LEAST),
    **dict.fromkeys(["trong khoảng", "range"], Metric.BETWEEN),
    **dict.fromkeys(["tiến độ", "progress"], Metric.PROGRESS),
}  # fmt: skip

STATUSES: dict[str, Status] = {
    **dict.fromkeys(["draft", "nháp", "bản nháp", "dự thảo", "borrador", "rascunho"], Status.DRAFT),
    **dict.fromkeys(["closed", "đóng", "đã đóng", "kết thúc", "đã kết thúc", "archived", "cerrado"], Status.CLOSED),
}  # fmt: skip

KINDS: dict[str, Kind] = {
    **dict.fromkeys(["committed", "cam kết"], Kind.COMMITTED),
    **dict.fromkeys(["aspirational", "tham vọng"], Kind.ASPIRATIONAL),
}


def yes_or_no(text: str) -> bool | None:
    """True, False, or None for a text that is neither."""
    return YES_NO.get(key_of(text))


_TOTALS = frozenset(
    ["tổng", "tổng cộng", "tổng điểm", "tổng số", "cộng", "trung bình", "điểm trung bình", "total", "totals",
     "grand total", "subtotal", "sum", "average", "overall", "合計", "総計", "小計", "平均", "totais", "totales",
     "média", "promedio", "gesamt", "summe", "somme", "moyenne"]
)  # fmt: skip


def is_total(text: str) -> bool:
    """Whether a text names a line of totals rather than an objective or a key result."""
    return key_of(text).rstrip(" :.=") in _TOTALS
