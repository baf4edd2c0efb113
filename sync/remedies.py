"""Our failures in words, with what to do about them, in Vietnamese and English.

The rooms below raise exceptions with facts; here, at the edge that talks to people, they become sentences.
"""

from sync.problems import Language
from sync.sheets import SheetsError, Trouble

_SENTENCES: dict[Trouble, dict[Language, str]] = {
    Trouble.NETWORK: {
        "en": "Google did not answer ({detail}). The next pass tries again; check the network if it stays so.",
        "vi": "Google không trả lời ({detail}). Lượt sau sẽ thử lại; hãy kiểm tra mạng nếu vẫn vậy.",
    },
    Trouble.QUOTA: {
        "en": "Google's limit of requests a minute is used up. It passes by itself; raise `every` if it happens often.",
        "vi": "Đã hết hạn mức yêu cầu mỗi phút của Google. Sẽ tự hết; hãy tăng `every` nếu thường gặp.",
    },
    Trouble.CREDENTIALS: {
        "en": "Google does not let us in: {detail}. Check [google] credentials, the key, and this machine's clock.",
        "vi": "Google từ chối đăng nhập: {detail}. Hãy kiểm tra [google] credentials, khóa và đồng hồ của máy.",
    },
    Trouble.PERMISSION: {
        "en": "We may not do this with {spreadsheet}. Share the spreadsheet with {account} as Editor.",
        "vi": "Chúng tôi chưa có quyền với {spreadsheet}. Hãy chia sẻ bảng tính cho {account} với quyền Người chỉnh sửa.",
    },
    Trouble.NOT_FOUND: {
        "en": "There is no spreadsheet {spreadsheet}, or it is not shared with {account}. Check the id, then share it.",
        "vi": "Không có bảng tính {spreadsheet}, hoặc chưa chia sẻ cho {account}. Hãy kiểm tra mã rồi chia sẻ.",
    },
    Trouble.NOT_A_SHEET: {
        "en": "{spreadsheet} is an Excel file. Open it in Google Sheets and choose File → Save as Google Sheets.",
        "vi": "{spreadsheet} là tệp Excel. Hãy mở bằng Google Trang tính và chọn Tệp → Lưu dưới dạng Google Trang tính.",
    },
    Trouble.API_DISABLED: {
        "en": "The Google Sheets API is switched off. Enable it in the Google Cloud project of {account}.",
        "vi": "Google Sheets API đang tắt. Hãy bật trong dự án Google Cloud của {account}.",
    },
    Trouble.PROTECTED: {
        "en": "A protected range in {spreadsheet} refused our scores. Let {account} edit it (Data → Protect sheets and ranges).",
        "vi": "Một vùng được bảo vệ trong {spreadsheet} đã từ chối ghi điểm. Hãy cho {account} quyền sửa (Dữ liệu → Bảo vệ trang tính và dải ô).",
    },
    Trouble.RANGE: {
        "en": "A tab of {spreadsheet} was renamed or deleted while we worked. The next pass looks again.",
        "vi": "Một trang tính của {spreadsheet} vừa bị đổi tên hoặc xóa. Lượt sau sẽ xem lại.",
    },
    Trouble.REFUSED: {
        "en": "Google refused a request about {spreadsheet}: {detail}. This is a fault of okr-sheets; please report it.",
        "vi": "Google từ chối một yêu cầu về {spreadsheet}: {detail}. Đây là lỗi của okr-sheets; vui lòng báo lại.",
    },
    Trouble.BUSY: {
        "en": "Another process is making a pass over {spreadsheet}. Try again when it is done.",
        "vi": "Một tiến trình khác đang xử lý {spreadsheet}. Hãy thử lại sau khi xong.",
    },
    Trouble.STOPPED: {
        "en": "Stopped before it was finished.",
        "vi": "Đã dừng trước khi xong.",
    },
}

_UNKNOWN_ACCOUNT: dict[Language, str] = {
    "en": "the account that okr-sheets runs as",
    "vi": "tài khoản mà okr-sheets đang dùng",
}


def remedy(error: SheetsError, spreadsheet: str, account: str, language: Language) -> str:
    """What happened and what to do, in one or two sentences."""
    facts = {
        "detail": error.detail or f"HTTP {error.status}",
        "spreadsheet": spreadsheet,
        "account": account or _UNKNOWN_ACCOUNT[language],
    }
    return _SENTENCES[error.trouble][language].format_map(facts)
