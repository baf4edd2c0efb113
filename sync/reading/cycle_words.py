"""Words that people use for how far an initiative is, what becomes of a goal, and how sure they are of it.

As in `words`, every table maps compared forms to meanings, and what is in none means nothing.
"""

from decimal import Decimal

from sync.domain.cycle_records import CoachingState
from sync.domain.okr import Decision, InitiativeState
from sync.reading.words import Vocabulary

_DONE = ["done", "xong", "đã xong", "hoàn thành", "đã hoàn thành", "hoàn tất", "đã hoàn tất", "complete", "completed",
         "finished", "✓", "✔", "✔️", "✅", "☑", "true", "concluído", "concluída", "completado", "completada", "terminado",
         "fait", "terminé", "erledigt", "完了", "完成"]  # fmt: skip

INITIATIVE_STATES: dict[str, InitiativeState] = {
    **dict.fromkeys(["planned", "kế hoạch", "lên kế hoạch", "đã lên kế hoạch", "dự kiến", "chưa bắt đầu", "chưa làm",
                     "chưa thực hiện", "chưa triển khai", "sắp làm", "cần làm", "mới", "to do", "to-do", "todo", "not started",
                     "plan", "open", "new", "backlog", "upcoming", "planejado", "não iniciado", "a fazer", "pendiente",
                     "no iniciado", "planificado", "à faire", "geplant", "offen", "未着手", "未开始"], InitiativeState.PLANNED),
    **dict.fromkeys(["doing", "đang làm", "đang thực hiện", "đang triển khai", "đang tiến hành", "đang chạy", "đang xử lý",
                     "đúng tiến độ", "đúng hạn", "chậm", "chậm tiến độ", "trễ", "trễ hạn", "quá hạn", "rủi ro", "có rủi ro",
                     "in progress", "ongoing", "started", "wip", "working on it", "on track", "at risk", "off track",
                     "behind", "late", "delayed", "overdue", "em andamento", "en curso", "en progreso", "en cours",
                     "in arbeit", "進行中", "进行中"], InitiativeState.DOING),
    **dict.fromkeys(_DONE, InitiativeState.DONE),
    **dict.fromkeys(["dropped", "hủy", "huỷ", "đã hủy", "đã huỷ", "hủy bỏ", "huỷ bỏ", "bỏ", "đã bỏ", "loại bỏ", "không làm nữa",
                     "dừng", "đã dừng", "ngừng", "cancelled", "canceled", "stopped", "abandoned", "won't do", "cancelado",
                     "cancelada", "annulé", "abgebrochen", "中止", "取消"], InitiativeState.DROPPED),
}  # fmt: skip

DECISIONS: dict[str, Decision] = {
    **dict.fromkeys(["carry_over", "carry over", "carry-over", "carryover", "carried over", "roll over", "continue", "keep",
                     "chuyển tiếp", "chuyển kỳ sau", "chuyển sang kỳ sau", "chuyển quý sau", "chuyển sang quý sau", "tiếp tục",
                     "tiếp tục kỳ sau", "tiếp tục quý sau", "làm tiếp", "giữ", "giữ lại", "giữ nguyên", "continuar",
                     "continuer", "fortführen", "継続", "继续"], Decision.CARRY_OVER),
    **dict.fromkeys(["change", "changed", "adjust", "adjusted", "revise", "modify", "rework", "điều chỉnh", "thay đổi", "sửa",
                     "sửa đổi", "sửa lại", "làm lại", "ajustar", "cambiar", "mudar", "modifier", "anpassen", "変更", "调整"],
                    Decision.CHANGE),
    **dict.fromkeys(["drop", "dropped", "stop", "cancel", "cancelled", "canceled", "abandon", "bỏ", "loại bỏ", "dừng", "dừng lại",
                     "ngừng", "hủy", "huỷ", "hủy bỏ", "huỷ bỏ", "không làm nữa", "abandonar", "parar", "arrêter", "streichen",
                     "中止", "取消"], Decision.DROP),
    **dict.fromkeys([*_DONE, "achieved", "đạt", "đã đạt"], Decision.DONE),
}  # fmt: skip

COACHING_STATES: dict[str, CoachingState] = {
    **dict.fromkeys(["open", "chưa", "chưa xong", "chưa làm", "còn mở", "mở", "đang mở", *(
        word for word, state in INITIATIVE_STATES.items() if state in (InitiativeState.PLANNED, InitiativeState.DOING)
    )], CoachingState.OPEN),
    **dict.fromkeys([*_DONE, "closed", "đóng", "đã đóng"], CoachingState.DONE),
}  # fmt: skip

# From 0, not at all, to 10.
CONFIDENCES: dict[str, Decimal] = {
    **dict.fromkeys(["rất tốt", "rất tự tin", "rất cao", "very high", "very confident"], Decimal(9)),
    **dict.fromkeys(["tốt", "cao", "tự tin", "high", "confident", "good", "alta", "alto", "🟢", "😀", "😃", "😄", "😊", "🙂"],
                    Decimal(8)),
    **dict.fromkeys(["ổn", "ok", "okay"], Decimal(7)),
    **dict.fromkeys(["trung bình", "vừa", "bình thường", "medium", "media", "médio", "médio", "moderate", "🟡", "😐"], Decimal(5)),
    **dict.fromkeys(["không ổn lắm", "chưa ổn", "🟠", "🙁"], Decimal(3)),
    **dict.fromkeys(["thấp", "không ổn", "không tự tin", "low", "not confident", "baja", "baixa", "bajo", "baixo", "🔴", "☹", "☹️",
                     "😟", "😞"], Decimal(2)),
    **dict.fromkeys(["rất thấp", "rất không ổn", "very low", "😢", "😭"], Decimal(1)),
}  # fmt: skip

INITIATIVE_STATE = Vocabulary(
    INITIATIVE_STATES, ("Chưa bắt đầu", "Đang làm", "Hoàn thành", "Hủy", "Planned", "Doing", "Done", "Dropped")
)
DECISION = Vocabulary(
    DECISIONS, ("Chuyển tiếp", "Điều chỉnh", "Dừng", "Hoàn thành", "Carry over", "Change", "Drop", "Done")
)
COACHING_STATE = Vocabulary(COACHING_STATES, ("Chưa xong", "Xong", "Open", "Done"))
