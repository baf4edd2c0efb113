"""Every sentence of the doctor, in Vietnamese and English."""

from sync.domain.languages import Language

TEXTS: dict[str, tuple[str, str]] = {
    "state": ("state folder", "thư mục state"),
    "state_good": ("{path} can be written", "ghi được vào {path}"),
    "state_bad": ("{path} cannot be written: {why}", "không ghi được vào {path}: {why}"),
    "state_mend": ("Give the folder to the user that okr-sheets runs as (chown, chmod u+rwx), or name another one as `state`.", "Hãy trao thư mục cho tài khoản chạy okr-sheets (chown, chmod u+rwx), hoặc đặt `state` sang thư mục khác."),
    "state_full_mend": ("Make room on the disk, or raise the account's quota; nothing else is to be done.", "Hãy dọn đĩa hoặc tăng hạn mức cho tài khoản; không cần làm gì khác."),
    "disk": ("disk", "đĩa"),
    "disk_seen": ("{free} MB are free where {path} is", "còn trống {free} MB ở nơi có {path}"),
    "disk_mend": ("Make room until at least {least} MB are free; until then passes may fail.", "Hãy dọn đĩa để còn trống ít nhất {least} MB; trước đó các lượt có thể thất bại."),
    "records": ("records", "cơ sở dữ liệu"),
    "records_good": ("the database is sound and can be written", "cơ sở dữ liệu nguyên vẹn và ghi được"),
    "intervals": ("intervals", "khoảng cách giữa các lượt"),
    "intervals_good": ("Google's quota allows them", "nằm trong hạn mức của Google"),
    "worker": ("worker", "worker"),
    "worker_none": ("none is running on this state folder", "không có worker nào chạy trên thư mục state này"),
    "worker_pid": ("one is running, pid {pid}; a second one would not start", "một worker đang chạy, pid {pid}; worker thứ hai sẽ không khởi động"),
    "key": ("key file", "tệp khóa"),
    "key_good": ("{path} can be used, and gives nothing away to other users", "dùng được {path}, người dùng khác không lấy được gì từ đó"),
    "credentials": ("credentials", "tài khoản"),
    "credentials_seen": ("{account} at {where}", "{account} tại {where}"),
    "nameless": ("an account without an address", "một tài khoản không có địa chỉ"),
    "us": ("the account that okr-sheets runs as", "tài khoản mà okr-sheets đang dùng"),
    "google": ("Google", "Google"),
    "spreadsheet": ("spreadsheet {id}", "bảng tính {id}"),
    "spreadsheet_good": ("“{title}” can be read and edited ({locale}, {tabs} tabs)", "“{title}”: đọc và ghi được ({locale}, {tabs} trang tính)"),
    "viewer": ("“{title}” can be read and not edited: {detail}", "“{title}”: đọc được nhưng không ghi được: {detail}"),
    "viewer_mend": ("It is shared with {account} as Viewer or Commenter, or not by name. Share it as Editor.", "Bảng tính đang chia sẻ cho {account} với quyền Người xem hoặc Người nhận xét, hoặc không đích danh. Hãy đổi thành Người chỉnh sửa."),
    "protected": ("the score cells {cells} are protected against {account}", "các ô điểm {cells} đang bị bảo vệ, {account} không ghi được"),
    "protected_mend": ("Let {account} edit them (Data → Protect sheets and ranges), or take them out of the protected range.", "Hãy cho {account} quyền sửa (Dữ liệu → Bảo vệ trang tính và dải ô), hoặc đưa các ô này ra khỏi vùng bảo vệ."),
    "clock": ("clock", "đồng hồ"),
    "clock_good": ("agrees with Google's to {seconds} s", "khớp với Google, lệch {seconds} giây"),
    "clock_untold": ("not compared: Google told no time", "chưa so được: Google không báo giờ"),
    "clock_ahead": ("{seconds} seconds ahead of Google's", "nhanh hơn Google {seconds} giây"),
    "clock_behind": ("{seconds} seconds behind Google's", "chậm hơn Google {seconds} giây"),
    "clock_mend": ("Set this machine's clock, and keep it set (timedatectl set-ntp true). Google refuses to sign in who is minutes off.", "Hãy chỉnh đồng hồ máy và bật tự đồng bộ (timedatectl set-ntp true). Lệch vài phút là Google từ chối đăng nhập."),
}  # fmt: skip


def say(language: Language, name: str, **facts: object) -> str:
    """A sentence with its facts."""
    english, vietnamese = TEXTS[name]
    return (vietnamese if language == "vi" else english).format_map(facts)
