"""What people say in a word of a row: that it waits for approval, how far it is, how it goes. As plain words."""

WAITING = ("cho duyet", "choduyet", "pending", "chua duyet", "tu choi", "rejected", "cho phe duyet", "waiting",
           "khong duyet", "da huy", "huy", "cancelled", "canceled", "deleted", "da xoa", "not approved")  # fmt: skip
_APPROVED = ("da duyet", "daduyet", "duyet", "da phe duyet", "approved")

# How much of it is done, as far as a word tells.
WORTH = {
    **dict.fromkeys(("hoan thanh", "da hoan thanh", "xong", "da xong", "done", "completed", "complete", "achieved"), 1),
    **dict.fromkeys(("dang lam", "dang thuc hien", "in progress", "doing", "on track", "ongoing", "started"), 0.5),
    **dict.fromkeys(
        ("chua bat dau", "chua lam", "not started", "to do", "todo", "open", "chua thuc hien", "planned"), 0
    ),
}
_COURSE = (
    "at risk", "off track", "behind", "ahead", "late", "delayed", "needs attention", "blocked", "on hold", "draft",
    "active", "closed", "cham", "cham tien do", "dung tien do", "dung han", "tre", "tre han", "vuot", "vuot tien do",
    "rui ro", "co rui ro", "dang chay", "tam dung", "nhap", "dong", "binh thuong", "can chu y", "dat", "chua dat",
    "em andamento", "em risco", "atrasado", "nao iniciado", "concluido", "en curso", "en riesgo", "retrasado",
    "no iniciado", "completado", "pendiente", "activo", "im plan", "gefahrdet", "verzogert", "en cours", "en retard",
    "termine", "進行中", "完了", "未着手", "遅延",
)  # fmt: skip

SAID_OF_ROWS = frozenset([*WAITING, *_APPROVED, *WORTH, *_COURSE])
