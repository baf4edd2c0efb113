"""Header words by role, in the languages met so far, and how well a header fits a role.

Compares texts without accents, with CamelCase and snake_case taken apart, so that "MucTieu", "mục_tiêu" and
"Mục tiêu" are one. Knows words only: what stands in the column is looked at in `columns`.
"""

import re
from functools import lru_cache

from sync.reading.plain import plain

# role -> words, each worth 1 where nothing else is said after "~".
_WORDS: dict[str, str] = {
    "objective": "objective|objectives|objective name|objective title|objective text|objective statement~.8|goal|goals"
    "|goal name|okr~.6|mục tiêu~.9|mục tiêu chính|tên mục tiêu~.9|nội dung mục tiêu|mục tiêu okr|o~.9|objetivo|objetivos"
    "|目標|objectif|ziel|obiettivo|obiettivi|doelstelling|目标|obj",
    "key_result": "key result|key results|key result name|kr|krs|kr name|kết quả then chốt|kết quả chính|kết quả chủ chốt"
    "|kết quả quan trọng|kqtc|kq then chốt|kq chính|kq chủ chốt|resultado clave|resultados clave|resultado chave|resultados chave|kpi~.8|kpis~.8"
    "|kpi name~.9|name of kpi~.9|tên kpi~.9|chỉ số~.6|kết quả~.6|主要な成果|主要成果|key outcome|measurable result"
    "|measure of success|measures of success|success measure|success metric|success criteria~.8|tiêu chí thành công~.8"
    "|indicador clave~.7|indicador de éxito~.8|erfolgskriterium~.8"
    "|résultat clé|résultats clés|schlüsselergebnis|schlüsselergebnisse|risultato chiave|risultati chiave|kernresultaat|关键结果|kết quả mong đợi~.6|thước đo~.6|成果~.7|成果指標",
    "text": "title|name|tên|nội dung|mô tả~.7|description~.7|okr|nombre|nome|descripción~.7|descrição~.7|statement~.8"
    "|diễn giải~.6|item~.6|content~.8|名前~.5|内容|okrs|objective key result|mục tiêu kết quả then chốt"
    "|mục tiêu và kết quả then chốt|objective and key result|objectives and key results|objectives key results",
    "objective_id": "objective id|okr id|goal id|mã mục tiêu|id mục tiêu|mã o|o id|obj id|mã okr|objective code"
    "|objective key|goal key",
    "key_result_id": "key result id|kr id|mã kr|mã kết quả|mã kết quả then chốt|id kr|kr id s|kr code|mã kqtc",
    "id": "id|mã|code|key|mã số",
    "start": "start|baseline|start value|starting value|baseline value|initial|initial value|ban đầu|bắt đầu|xuất phát|khởi điểm"
    "|giá trị ban đầu|giá trị đầu kỳ|đầu kỳ|từ~.7|from~.8|línea base|linha de base|inicio|início|inicial|valor inicial|valeur initiale|valore iniziale|起始值|valeur de départ|realisasi awal~.6|reference value~.8|nilai awal"
    "|baseline kr|mức ban đầu|số ban đầu|hiện trạng ban đầu|điểm xuất phát|số đầu kỳ|開始値|ausgangswert|startwert|départ|初期値|điểm đầu|punto de partida|ponto de partida|valor base|as is~.8",
    "target": "target|target value|goal value|chỉ tiêu|mục tiêu cần đạt|mục tiêu số|đích|kế hoạch~.7|mục tiêu~.6|meta"
    "|objetivo numérico|giá trị mục tiêu|giá trị đích|đích đến|chỉ tiêu cần đạt|plan~.6|goal~.6|cần đạt|kpi target|alvo|to~.6"
    "|đến~.6|目標値|目标值|valore obiettivo|obiettivo numerico|valeur cible|zielwert|soll|sollwert|cible|to be~.8|kỳ vọng~.8|hasta~.6|até~.6|mức mục tiêu|chỉ tiêu kế hoạch|con số mục tiêu|số mục tiêu|mức cần đạt|objetivo~.4|objective value|目標~.4",
    "current": "current|current value|current actual|actual|actual value|actuals|real|hiện tại|thực đạt|thực tế"
    "|giá trị hiện tại|kết quả thực tế|kết quả đạt được|kết quả hiện tại|kết quả đạt|đã đạt|đạt được|kết quả~.7|achieved"
    "|result~.7|results~.6|valor actual|valor atual|valor real|actual result|latest~.8|latest value|thực hiện"
    "|số thực tế|số hiện tại|mức hiện tại|現在値|現在|実績|atual|realizado|aktuell|actuel|progress~.7|current progress~.7"
    "|current status value|now|to date|year to date|ytd|as of today|ist|ist wert|istwert|aktueller wert|valor alcanzado"
    "|logrado|alcançado|valeur actuelle|valore attuale|当前值|réalisé|realization|realisation|realized|realised|realisasi|ergebnis~.6|status quo~.6|đến nay|hiện nay|thực tế đạt|lũy kế~.8|現状|現状値|実績値|cuối kỳ~.8|giá trị cuối kỳ~.8|giá trị thực tế|tình hình hiện tại~.6",
    "score": "score|scores|điểm|điểm số~.8|điểm kr|điểm okr|kr score|tiến độ|tiến độ percent|percent tiến độ"
    "|percent hoàn thành|percent ht|ht|tỷ lệ hoàn thành"
    "|tỷ lệ ht|tỉ lệ ht|percent thực hiện|tỷ lệ thực hiện|mức độ đạt|tỷ lệ đạt được|tỉ lệ hoàn thành|mức độ hoàn thành|mức hoàn thành|hoàn thành percent|hoàn thành~.8|progress~.9|progress percent"
    "|percent progress|percent complete|completion|completion rate|percent avance|avance|grade|grading"
    "|percent đạt|tỷ lệ đạt|progreso|progresso|puntuación|puntaje|pontuação|nota~.7|tiến trình|percent done|done percent"
    "|attainment|achievement~.8|percent achieved|achievement percent|進捗|進捗率|進捗度|達成率|達成度|スコア|zielerreichung|erfüllungsgrad|avancement|avanzamento|进度|完成率|得分|percent d avancement|taux d avancement|taux de réalisation|capaian~.8|percent ratio|fortschritt"
    "|percent cumplimiento|cumplimiento|percent concluído|conclusão|percent~.75|kết quả percent~.8|điểm đánh giá~.7|percent to goal|percent to target|percent of target|percent of goal|tỷ lệ~.7|tỉ lệ~.7|tự đánh giá percent~.8",
    "points": "point|points|weighted score|điểm quy đổi|điểm có trọng số|điểm nhân trọng số|score a b|điểm số~.9|weighted"
    "|điểm kpi",
    "total": "tổng điểm|total score|total result|total|tổng|điểm tổng|overall|overall score|tổng kết quả",
    "weight": "weight|weights|trọng số|tỷ trọng|tỉ trọng|peso|pesos|weighting|weight percent|ponderación|重み|gewicht|poids"
    "|ウェイト|mức quan trọng~.6",
    "owner": "owner|dri|người phụ trách|phụ trách|chủ sở hữu|responsable|responsible|responsabile|负责人|responsável|người chịu trách nhiệm"
    "|owner name|assignee|lead~.8|champion|phụ trách chính|user name|担当者|担当|verantwortlich|verantwortliche|verantwortlicher|pic|líder~.8|encargado|sponsor~.7|責任者|オーナー|người thực hiện"
    "|chịu trách nhiệm|chủ trì|đầu mối|dono",
    "person": "email|e mail|họ tên|họ và tên|full name|nhân viên|employee|employee name|member|thành viên|học sinh"
    "|student|person|cá nhân~.7|owner email~.6|tên nhân viên",
    "unit": "team|department|dept|phòng ban|phòng|bộ phận|lớp|nhóm|division|squad|đơn vị~.8|unit~.6|area~.7|área|equipo"
    "|equipe|departamento|owning team|team name|dept name|group~.6|khối|ban|チーム|部署|部門|phòng ban bộ phận|name~.3"
    "|名前~.7|bu|tribe|tên phòng ban|department name|đội",
    "measure": "unit~.8|đơn vị~.8|đvt|uo m|đơn vị tính|đơn vị đo|unit of measure|uom|units|unidad|unidade|measure unit"
    "|measurement unit|単位|einheit|unité|đơn vị đo lường|metric unit|satuan",
    "level": "level|cấp|cấp độ|cấp okr|okr level|nivel|nível|phạm vi~.6|scope~.6|レベル|tầng",
    "period": "period|cycle|quarter|chu kỳ|kỳ|đợt|quý|periodo|período|trimestre|year~.8|năm~.8|học kỳ|chu kỳ okr|期間"
    "|期|thời gian~.5|ciclo|timeframe~.7|quarter year|tháng~.6",
    "parent": "parent|parent objective|parent okr|okr cấp trên|mục tiêu cấp trên|aligned to|aligns to|alignment|supports"
    "|liên kết|parent id|parent objective id|liên kết với|căn chỉnh|parent goal|hỗ trợ mục tiêu|alineado a|alinhado a"
    "|親 id|親id|上位目標|cấp trên|okr cha|mục tiêu cha|parent okr id|link okr cấp trên|aligned with|ladders up to",
    "related": "related|okr chéo|cross link|liên kết chéo|related okrs|dependencies~.6|okr liên quan",
    "confidence": "confidence|mức độ tự tin|tự tin|confianza|confiança|confidence level|độ tự tin|自信度|mức tự tin"
    "|confidence score",
    "kind": "type|loại|phân loại|o kr|committed aspirational|kind|tipo|loại okr|okr type|種類|hạng mục~.4",
    "direction": "direction|hướng|chiều hướng|xu hướng|dirección|direção|chiều~.7|tăng giảm|increase decrease|up down",
    "metric": "metric type|cách đo|kiểu đo|loại đo lường|measure type|metric~.5|kiểu kr|kr type|measurement type"
    "|loại chỉ số|cách tính~.6",
    "status": "status|trạng thái|estado|tình trạng|state|ステータス|phê duyệt|approval|duyệt",
    "deleted": "yêu cầu xóa|đã xóa|xóa|deleted|is deleted|archived|hủy|removed|đã hủy|xoa|eliminado|excluído|delete",
    "initiative": "initiative|initiatives|initiative name|sáng kiến|công việc|kế hoạch hành động|hành động|iniciativa"
    "|action~.8|task|task name|actions|nhiệm vụ|giải pháp~.8|action item|đầu việc",
    "date": "date|ngày|check in date|ngày check in|ngày cập nhật|fecha|data|日付|updated~.6|timestamp|ngày báo cáo"
    "|thời điểm|checkin date|last update~.6|cập nhật lúc|when",
    "due": "due|due date|deadline|hạn|thời hạn|hạn hoàn thành|timeline end|fecha límite|prazo|end date|ngày hoàn thành",
    "value": "new value|value|giá trị|giá trị mới|reported value|reported|số liệu|valor|kết quả check in|値|giá trị báo cáo",
    "comment": "comment|comments|note|notes|ghi chú|nhận xét|bình luận|comentario|nội dung check in|update|コメント",
    "author": "author|checked in by|checked in by name|người cập nhật|người check in|người báo cáo|by|reporter|updated by",
    "other": "gap|còn lại|chênh lệch|remaining|difference|gap to target|số thứ tự|stt|no|tt|kpi type|loại kpi|kpi ranking"
    "|xếp loại|evidence|minh chứng|milestone|q milestone|created at|updated at|min|max|budget|cost|ngân sách|chi phí"
    "|rank|ranking|blocker|link|url|created by name|updated by name|rủi ro|risk|bậc|tiêu chí đo lường|kpi group",
}
_ENTITIES = {
    "objective": "objective|goal|okr|o|mục tiêu|obj|objetivo",
    "key_result": "key result|kr|kết quả then chốt|kết quả|kpi",
}
_OF_OBJECTIVE = {
    **dict.fromkeys(("score", "current", "points"), "objective_score"),
    **dict.fromkeys(("owner", "person"), "objective_owner"),
    "text": "objective", "weight": "objective_weight", "id": "objective_id",
}  # fmt: skip
# "Điểm OKR" is the score of a row, whatever it is.
_TOO_WIDE = ("okr", "ket qua")
# What stands beside "Key Result" in a header says that the column is about key results and does not hold them.
_ASIDE = ("owner", "weight", "confidence", "status")
_SEPARATORS = re.compile(r"[\n/()（）|:,\[\]]| - | – ")
_YEAR = re.compile(r"\b20\d\d\b")
LEAST = 0.6


def _table(words: str) -> dict[str, float]:
    pairs = (word.partition("~") for word in words.split("|"))
    return {plain(word): float(worth or 1) for word, _, worth in pairs}


ROLES = {role: _table(words) for role, words in _WORDS.items()}
_PREFIXES = {entity: tuple(_table(words)) for entity, words in _ENTITIES.items()}


@lru_cache(maxsize=4096)
def roles_of(header: str) -> dict[str, float]:
    """How well a header fits each role; a header in two languages fits better the more of it agrees."""
    text = _YEAR.sub(" ", header)
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
    own = {role: best for role, words in ROLES.items() if (best := _best(part, words))}
    for entity, prefixes in _PREFIXES.items():
        for prefix in prefixes:
            if part.startswith(f"{prefix} "):
                own = _merged(own, entity, _direct(part[len(prefix) + 1 :]))
            if part.endswith(f" {prefix}") and prefix not in _TOO_WIDE:
                own = _merged({}, entity, _direct(part[: -len(prefix) - 1])) or own
    if part.split()[-1:] in (["id"], ["ids"], ["code"]):
        return {role: worth for role, worth in own.items() if role.endswith("id") or role == "parent"}
    return own


def _direct(part: str) -> dict[str, float]:
    return {role: words[part] for role, words in ROLES.items() if part in words}


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


def _best(part: str, words: dict[str, float]) -> float:
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
