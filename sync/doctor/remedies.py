"""Our failures in words, with what to do about them, in Vietnamese and English.

The rooms below raise exceptions with facts; here, at the edge that talks to people, they become sentences.
"""

import math
from fractions import Fraction

from sync.doctor.pace import Shortage
from sync.domain.failures import Trouble
from sync.domain.languages import Language
from sync.google import CredentialsError, CredentialsFault, SheetsError
from sync.records import RecordsError

SENTENCES: dict[str, dict[Language, str]] = {
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
        "en": "A tab or range of {spreadsheet} that we asked for is not there ({detail}): renamed or deleted while we worked? The next pass looks again.",
        "vi": "Trang tính hoặc vùng ô của {spreadsheet} mà chúng tôi cần không còn ({detail}), có thể vừa bị đổi tên hoặc xóa. Lượt sau sẽ xem lại.",
    },
    Trouble.REFUSED: {
        "en": "Google refused a request about {spreadsheet}: {detail}. This is a fault of okr-sheets; please report it.",
        "vi": "Google từ chối một yêu cầu về {spreadsheet}: {detail}. Đây là lỗi của okr-sheets; vui lòng báo lại.",
    },
    Trouble.BUSY: {
        "en": "Another process is making a pass over {spreadsheet}. Try again when it is done.",
        "vi": "Một tiến trình khác đang xử lý {spreadsheet}. Hãy thử lại sau khi xong.",
    },
    Trouble.INTERNAL: {
        "en": "okr-sheets tripped over {spreadsheet}. This is a fault of okr-sheets; its log says where, please report it.",
        "vi": "okr-sheets gặp lỗi khi xử lý {spreadsheet}. Đây là lỗi của okr-sheets; nhật ký ghi rõ ở đâu, vui lòng báo lại.",
    },
    Trouble.LEASE_LOST: {
        "en": "This process was held up until another process could take over; nothing more was written. The next pass begins anew.",
        "vi": "Tiến trình này bị treo cho đến khi tiến trình khác có thể tiếp quản; không ghi thêm gì nữa. Lượt sau bắt đầu lại.",
    },
    Trouble.RECORDS: {
        "en": "No pass is made without database and state folder: {detail}. Passes go on by themselves as soon as both can be used.",
        "vi": "Không chạy lượt nào khi thiếu cơ sở dữ liệu và thư mục state: {detail}. Các lượt sẽ tự chạy tiếp khi dùng lại được.",
    },
    Trouble.STOPPED: {
        "en": "Stopped before it was finished.",
        "vi": "Đã dừng trước khi xong.",
    },
}

# Where more is known than what kind of trouble it is.
SENTENCES |= {
    "name-unknown": {
        "en": "The name of Google's server could not be looked up. Check this machine's network and DNS.",
        "vi": "Không tra được tên máy chủ của Google. Hãy kiểm tra mạng và DNS của máy này.",
    },
    "machine-busy": {
        "en": "This machine was too busy for a pass over {spreadsheet}: its time was used up here, not at Google. The next pass tries again; if it stays so, give it more processor or disk, fewer `passers`, or a longer `every`.",
        "vi": "Máy này quá bận nên không kịp xử lý {spreadsheet}: thời gian đã hết ở đây, không phải do Google. Lượt sau sẽ thử lại; nếu vẫn vậy, hãy thêm CPU hoặc đĩa nhanh hơn, giảm `passers` hoặc tăng `every`.",
    },
    "proxy-silent": {
        "en": "The proxy did not take our request. Check HTTPS_PROXY and NO_PROXY.",
        "vi": "Proxy không nhận yêu cầu. Hãy kiểm tra HTTPS_PROXY và NO_PROXY.",
    },
    "certificate": {
        "en": "What answered could not prove that it is Google. Where a proxy opens encrypted connections, name its certificate in REQUESTS_CA_BUNDLE; check this machine's clock too.",
        "vi": "Bên trả lời không chứng minh được là Google. Nếu có proxy mở kết nối mã hóa, hãy khai báo chứng chỉ của nó trong REQUESTS_CA_BUNDLE; kiểm tra cả đồng hồ của máy.",
    },
    "not-the-api": {
        "en": "What answered was not Google's API ({detail}). The next pass tries again; if it stays so, a proxy or firewall stands between: see HTTPS_PROXY.",
        "vi": "Bên trả lời không phải API của Google ({detail}). Lượt sau sẽ thử lại; nếu vẫn vậy, có proxy hoặc tường lửa ở giữa: xem HTTPS_PROXY.",
    },
    "clock-off": {
        "en": "Google does not let us in: {detail} Set this machine's clock and keep it set (timedatectl set-ntp true).",
        "vi": "Google từ chối đăng nhập: {detail} Hãy chỉnh đồng hồ của máy và bật tự đồng bộ (timedatectl set-ntp true).",
    },
    "key-gone": {
        "en": "Google does not know this key any more: {detail}. It was deleted, or its account was. Make a new key and name it as [google] credentials.",
        "vi": "Google không còn nhận khóa này: {detail}. Khóa hoặc tài khoản của nó đã bị xóa. Hãy tạo khóa mới và ghi vào [google] credentials.",
    },
}

# What is wrong with that which this machine signs in with, and what to do about it.
CREDENTIALS_FAULTS: dict[str, dict[Language, str]] = {
    CredentialsFault.NONE: {
        "en": "no credentials were found on this machine",
        "vi": "không tìm thấy thông tin đăng nhập nào trên máy này",
    },
    CredentialsFault.UNREADABLE: {"en": "{path} cannot be read: {why}", "vi": "không đọc được {path}: {why}"},
    CredentialsFault.FOLDER: {
        "en": "{path} is a folder, not a key file",
        "vi": "{path} là thư mục, không phải tệp khóa",
    },
    CredentialsFault.SHARED: {
        "en": "{path} can be read or changed by other users of this machine",
        "vi": "người dùng khác của máy đọc hoặc sửa được {path}",
    },
    CredentialsFault.NO_KEY: {
        "en": "{path} is not the key file of a service account",
        "vi": "{path} không phải tệp khóa của tài khoản dịch vụ",
    },
    CredentialsFault.NO_CREDENTIALS: {
        "en": "{path} holds no credentials that can be used",
        "vi": "{path} không chứa thông tin đăng nhập dùng được",
    },
}
CREDENTIALS_REMEDIES: dict[str, dict[Language, str]] = {
    CredentialsFault.NONE: {
        "en": "Name the service account's key file as [google] credentials, or let GOOGLE_APPLICATION_CREDENTIALS name it.",
        "vi": "Hãy ghi tệp khóa của tài khoản dịch vụ vào [google] credentials, hoặc đặt GOOGLE_APPLICATION_CREDENTIALS.",
    },
    CredentialsFault.UNREADABLE: {
        "en": "Put the service account's JSON key there, or correct [google] credentials or GOOGLE_APPLICATION_CREDENTIALS.",
        "vi": "Hãy đặt khóa JSON của tài khoản dịch vụ vào đó, hoặc sửa [google] credentials hay GOOGLE_APPLICATION_CREDENTIALS.",
    },
    CredentialsFault.FOLDER: {
        "en": "Name the JSON file in it: [google] credentials or GOOGLE_APPLICATION_CREDENTIALS.",
        "vi": "Hãy ghi tệp JSON trong đó: [google] credentials hoặc GOOGLE_APPLICATION_CREDENTIALS.",
    },
    CredentialsFault.SHARED: {
        "en": "Run: chmod 600 {path}. Somebody may have copied it: a new key is the safe way.",
        "vi": "Hãy chạy: chmod 600 {path}. Có thể đã bị sao chép: tạo khóa mới là cách an toàn.",
    },
    CredentialsFault.NO_KEY: {
        "en": "In the Google Cloud console: IAM & Admin → Service accounts → Keys → Add key → JSON; put that file here.",
        "vi": "Trong Google Cloud console: IAM & Admin → Service accounts → Keys → Add key → JSON; đặt tệp đó vào đây.",
    },
    CredentialsFault.NO_CREDENTIALS: {
        "en": "Put the JSON file there as Google made it (a key, a workload identity, an impersonation), or let GOOGLE_APPLICATION_CREDENTIALS name another.",
        "vi": "Hãy đặt vào đó tệp JSON nguyên vẹn do Google tạo (khóa, workload identity, impersonation), hoặc đặt GOOGLE_APPLICATION_CREDENTIALS sang tệp khác.",
    },
}

# By the reason of a RecordsError.
RECORDS_SENTENCES: dict[str, dict[Language, str]] = {
    "newer": {
        "en": "It was written by a newer okr-sheets. Install that one, or move the file away to begin anew.",
        "vi": "Cơ sở dữ liệu do phiên bản okr-sheets mới hơn ghi. Hãy cài phiên bản đó, hoặc chuyển tệp đi chỗ khác để bắt đầu lại.",
    },
    "corrupt": {
        "en": "Run “okr-sheets rebuild-records”: the sheets hold the truth, and the old file is kept.",
        "vi": "Hãy chạy “okr-sheets rebuild-records”: dữ liệu thật nằm trong bảng tính, tệp cũ được giữ lại.",
    },
    "full": {
        "en": "The disk is full. Make room; nothing else is to be done.",
        "vi": "Đĩa đã đầy. Hãy dọn đĩa; không cần làm gì khác.",
    },
    "locked": {
        "en": "Another program holds the database. End it, or wait until it is done.",
        "vi": "Một chương trình khác đang giữ cơ sở dữ liệu. Hãy tắt nó hoặc đợi nó xong.",
    },
    "address": {
        "en": 'That is no address of a database. Write database = "postgresql+psycopg://user:password@host:5432/name", with %40 %3A %2F for @ : / in the password; without `database` it is SQLite in `state`.',
        "vi": 'Đó không phải địa chỉ cơ sở dữ liệu. Hãy viết database = "postgresql+psycopg://tài_khoản:mật_khẩu@máy:5432/tên", trong mật khẩu thay @ : / bằng %40 %3A %2F; không ghi `database` thì dùng SQLite trong `state`.',
    },
    "kind": {
        "en": "okr-sheets knows PostgreSQL and SQLite. Let `database` begin with postgresql+psycopg:// or sqlite:///; without it, it is SQLite in `state`.",
        "vi": "okr-sheets dùng được PostgreSQL và SQLite. Hãy để `database` bắt đầu bằng postgresql+psycopg:// hoặc sqlite:///; không ghi thì dùng SQLite trong `state`.",
    },
    "driver": {
        "en": 'Its driver is not there. Let `database` begin with postgresql+psycopg:// and install that driver: pip install "okr-sheets[postgresql]".',
        "vi": 'Thiếu driver của nó. Hãy để `database` bắt đầu bằng postgresql+psycopg:// rồi cài driver: pip install "okr-sheets[postgresql]".',
    },
    "unusable": {
        "en": "Check the folder, its permissions and the space on the disk.",
        "vi": "Hãy kiểm tra thư mục, quyền truy cập và dung lượng đĩa.",
    },
}

# About intervals that the quota does not allow.
SHORTAGE: dict[str, dict[Language, str]] = {
    "seen": {
        "en": "these intervals need {needed} reads a minute, {allowed} are allowed: a round takes at least {round}",
        "vi": "các khoảng `every` này cần {needed} lần đọc mỗi phút, chỉ được phép {allowed}: một vòng mất ít nhất {round}",
    },
    "mend": {
        "en": 'Set every = "{every}" wherever it is shorter; or ask Google for more reads a minute per user, and when you have them set requests_per_minute = {more}.',
        "vi": 'Hãy đặt every = "{every}" ở mọi nơi đang ngắn hơn; hoặc xin Google thêm lượt đọc mỗi phút cho mỗi người dùng, khi được cấp thì đặt requests_per_minute = {more}.',
    },
}

# Seconds, one minute, minutes.
_TIMES: dict[Language, tuple[str, str, str]] = {
    "en": ("seconds", "minute", "minutes"),
    "vi": ("giây", "phút", "phút"),
}

_UNKNOWN_ACCOUNT: dict[Language, str] = {
    "en": "the account that okr-sheets runs as",
    "vi": "tài khoản mà okr-sheets đang dùng",
}


def remedy(error: SheetsError, spreadsheet: str, account: str, language: Language) -> str:
    """What happened and what to do, in one or two sentences."""
    if isinstance(error, CredentialsError):
        return f"{credentials_fault(error, language)}. {credentials_remedy(error, language)}"
    facts = {
        "detail": error.detail or f"HTTP {error.status}",
        "spreadsheet": spreadsheet,
        "account": account or _UNKNOWN_ACCOUNT[language],
    }
    return SENTENCES[_cause(error)][language].format_map(facts)


def credentials_fault(error: CredentialsError, language: Language) -> str:
    """What is wrong with that which this machine signs in with."""
    return CREDENTIALS_FAULTS[error.fault][language].format(path=error.path, why=error.why)


def credentials_remedy(error: CredentialsError, language: Language) -> str:
    """What to do about it."""
    return CREDENTIALS_REMEDIES[error.fault][language].format(path=error.path)


def records_remedy(error: RecordsError, language: Language) -> str:
    """What to do about a database that cannot be used."""
    return RECORDS_SENTENCES[error.reason][language]


def shortage_told(found: Shortage, language: Language) -> tuple[str, str]:
    """What is wrong with the intervals, and what to do about it."""
    facts = {
        "needed": math.ceil(found.needed),
        "allowed": found.allowed,
        "round": _at_least(found.round_minutes, language),
        "every": f"{found.every // 60}m" if found.every % 60 == 0 else f"{found.every}s",
        "more": found.requests_per_minute,
    }
    seen, mend = (SHORTAGE[name][language].format_map(facts) for name in ("seen", "mend"))
    return seen, mend


def _at_least(minutes: Fraction, language: Language) -> str:
    """6.3 as "6¼ minutes", and never more than it is."""
    if minutes < 1:
        return f"{math.floor(minutes * 60)} {_TIMES[language][0]}"
    whole, quarters = divmod(math.floor(minutes * 4), 4)
    return f"{whole}{'¼½¾'[quarters - 1] if quarters else ''} {_TIMES[language][1 if minutes < Fraction(5, 4) else 2]}"


def _cause(error: SheetsError) -> str:
    """The most that is known of a failure: a special cause, else the kind of trouble."""
    if error.detail == f"HTTP {error.status}" or error.detail == "a broken answer":
        return "not-the-api"
    if error.trouble is Trouble.BUSY and error.detail:
        return "machine-busy"
    if error.trouble is Trouble.NETWORK:
        # What the libraries below name, in whichever of their exceptions it is wrapped.
        named = f"{error.detail} {error.__cause__}"
        return next((cause for sign, cause in _NETWORK_CAUSES.items() if sign in named), error.trouble)
    if error.trouble is Trouble.CREDENTIALS:
        return next((cause for sign, cause in _CREDENTIALS_CAUSES.items() if sign in error.detail), error.trouble)
    return error.trouble


_NETWORK_CAUSES = {
    "NameResolutionError": "name-unknown",
    "ProxyError": "proxy-silent",
    "SSLError": "certificate",
    "SSLCertVerificationError": "certificate",
}
# In this order: a refusal for the clock is an invalid_grant too.
_CREDENTIALS_CAUSES = {
    "This machine's clock is": "clock-off",
    "invalid_grant": "key-gone",
}
