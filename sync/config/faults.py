"""What can be wrong in a configuration, as a value, and every sentence about it in Vietnamese and English.

The models say which; whoever talks to people says it in their language.
"""

from sync.domain.languages import Language
from sync.logs import redacted


class Fault(ValueError):
    """One thing to mend. `facts` fill the sentence of `code`; faults among them are told as part of it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.told("en"))

    def told(self, language: Language) -> str:
        """The sentence, without secrets that somebody may have put in a wrong place."""
        english, vietnamese = TEXTS[self.code]
        facts = {name: _said(fact, language) for name, fact in self.facts.items()}
        return redacted((vietnamese if language == "vi" else english).format_map(facts))


def by_pydantic(kind: str, message: str, facts: dict[str, object]) -> Fault:
    """What pydantic refuses by itself: in English its own message, in Vietnamese ours where there is one."""
    return Fault(kind if kind in TEXTS else "other", message=message, **facts)


def _said(fact: object, language: Language) -> object:
    if isinstance(fact, Fault):
        return fact.told(language)
    if isinstance(fact, tuple):
        return "; ".join(str(_said(each, language)) for each in fact)
    return fact


TEXTS: dict[str, tuple[str, str]] = {
    # The file
    "no-file": ("there is no such file; copy config.example.toml to begin", "không có tệp này; hãy chép config.example.toml để bắt đầu"),
    "unreadable": ("cannot be read: {why}", "không đọc được: {why}"),
    "not-utf8": ("is saved as {encoding}, not as UTF-8{place}: save it anew, in Notepad by File → Save as → Encoding: UTF-8", "được lưu theo {encoding}, không phải UTF-8{place}: hãy lưu lại, trong Notepad là File → Save as → Encoding: UTF-8"),
    "in-line": (" (line {number})", " (dòng {number})"),
    "code-page": ("an old code page such as windows-1258", "bảng mã cũ như windows-1258"),
    "not-toml": ("is not valid TOML: {why}", "không phải TOML hợp lệ: {why}"),
    "curly-quotes": ("line {line} has curly quotes, which TOML does not know; write it with straight ones: {mended}", "dòng {line} dùng dấu nháy cong mà TOML không hiểu; hãy viết bằng dấu nháy thẳng: {mended}"),
    "invisible": ("line {line} has characters that cannot be seen, as web pages and chats have them; write it anew: {mended}", "dòng {line} có ký tự không nhìn thấy, thường do sao chép từ trang web hoặc tin nhắn; hãy gõ lại: {mended}"),
    "decimal-comma": ("line {line} has a number with a comma; write a point: {mended}", "dòng {line} có số viết với dấu phẩy; hãy viết dấu chấm: {mended}"),
    "backslash": ("line {line} has a backslash, which means something else between double quotes; write the path between single ones: {mended}", "dòng {line} có dấu \\, vốn mang nghĩa khác trong nháy kép; hãy viết đường dẫn trong nháy đơn: {mended}"),
    "bare-key": ("line {line} has a name with letters or spaces that TOML takes only between quotes; write it so: {mended}", "dòng {line} có tên chứa chữ có dấu hoặc dấu cách, TOML chỉ nhận trong dấu nháy; hãy viết: {mended}"),
    "zero": ("{value!r} holds a character \\u0000, which no name, path or address may have; take it out", "{value!r} chứa ký tự \\u0000, không tên, đường dẫn hay địa chỉ nào được có; hãy bỏ ký tự này"),
    "header-twice": ("[{name}] stands twice; each of several is written with two brackets: [[{name}]]", "[{name}] xuất hiện hai lần; khi có nhiều mục, mỗi mục viết với hai dấu ngoặc: [[{name}]]"),
    # Keys
    "nearest": ("is not known; did you mean “{key}”?", "không có khóa này; ý bạn là “{key}”?"),
    "unknown": ("is not known; known here: {keys}", "không có khóa này; ở đây có: {keys}"),
    "missing": ("is missing", "còn thiếu"),
    "too_short": ("must hold at least one", "phải có ít nhất một"),
    "given": ("{fault} (given: {given!r})", "{fault} (đang ghi: {given!r})"),
    "several": ("{faults}", "{faults}"),
    "one-bracket": ("there may be several of these: write [[{name}]], with two brackets on each side", "có thể có nhiều mục này: hãy viết [[{name}]], mỗi bên hai dấu ngoặc"),
    "two-brackets": ("there is one of these only: write [{name}], with one bracket on each side", "mục này chỉ có một: hãy viết [{name}], mỗi bên một dấu ngoặc"),
    "not-a-time": ('{value!r} is not a time; write it as "30s", "5m" or "1h", in seconds, minutes or hours', '{value!r} không phải khoảng thời gian; hãy viết như "30s", "5m" hoặc "1h" (giây, phút, giờ)'),
    "time-without-unit": ('{value} may be seconds or minutes; write "{value}s" or "{value}m"', '{value} có thể là giây hoặc phút; hãy viết "{value}s" hoặc "{value}m"'),
    "time-out-of-range": ('{value} is too short or too long; write a time from "1s" to "{most}"', '{value} quá ngắn hoặc quá dài; hãy viết từ "1s" đến "{most}"'),
    "a-number": ("{fault}; write {meant}, without quotes", "{fault}; hãy viết {meant}, không có dấu nháy"),
    "a-share": ("{fault}; 1 is everything, and {given} % is written {meant}", "{fault}; 1 là toàn bộ, {given} % viết là {meant}"),
    # Google, spreadsheets, bands
    "key-pasted": ("is the content of a key file; save it as a file and name that", "là nội dung của tệp khóa; hãy lưu thành tệp rồi ghi tên tệp"),
    "not-an-endpoint": ("{value!r} is not an address such as http://127.0.0.1:8001", "{value!r} không phải địa chỉ như http://127.0.0.1:8001"),
    "not-an-id": ("{value!r} is neither an ID nor the address of a spreadsheet", "{value!r} không phải mã, cũng không phải địa chỉ của một bảng tính"),
    "listed-twice": ("spreadsheet {ids} is listed twice; put all its tabs under one [[spreadsheet]]", "bảng tính {ids} được khai báo hai lần; hãy đặt mọi trang tính của nó dưới một [[spreadsheet]]"),
    "bands": ("must be at_risk ≤ on_track ≤ done, and they are {at_risk}, {on_track} and {done}", "phải là at_risk ≤ on_track ≤ done, mà hiện là {at_risk}, {on_track} và {done}"),
    "mapped-twice": ("the tab {title!r} is mapped twice in the same way; take one of the two [[spreadsheet.tab]] out", "trang tính {title!r} được khai báo hai lần như nhau; hãy bỏ một trong hai [[spreadsheet.tab]]"),
    # Tabs
    "not-a-pattern": ("{value!r} is no regular expression: {why}", "{value!r} không phải biểu thức chính quy: {why}"),
    "not-a-language": ("{value!r} is not a language of numbers such as vi_VN or en_US", "{value!r} không phải ngôn ngữ của số như vi_VN hay en_US"),
    "not-a-column": ("{value!r} is not a column such as B or AC", "{value!r} không phải cột như B hay AC"),
    "not-a-cell": ("{value!r} is not a cell such as B2", "{value!r} không phải ô như B2"),
    "one-place": ("name exactly one of header, column, cell, label, value, tab_title, field, check_in", "hãy ghi đúng một trong header, column, cell, label, value, tab_title, field, check_in"),
    "with-header": ("under, nth and pick go with header", "under, nth và pick đi cùng header"),
    "a-column": ("a score goes to a column: name its header or letter, without pattern or pick", "điểm được ghi vào một cột: hãy ghi tiêu đề hoặc chữ cái của cột, không kèm pattern hay pick"),
    "one-test": ("name exactly one of is, matches, blank", "hãy ghi đúng một trong is, matches, blank"),
    "no-such-field": ("field = {value!r} names no other field here; there are: {names}", "field = {value!r} không chỉ trường nào khác ở đây; hiện có: {names}"),
    "no-such-metric": ("{value!r} is not one of {names}", "{value!r} không thuộc {names}"),
    "never-both": ("a column is either a source of numbers or a score column of ours, never both", "một cột hoặc là nguồn số liệu, hoặc là cột điểm do okr-sheets ghi, không thể là cả hai"),
    "says-nothing": ("says nothing of objective, key_result, check_in or initiative", "không nói gì về objective, key_result, check_in hay initiative"),
    "no-record": ("skip and until belong to no record, so they cannot use field", "skip và until không thuộc bản ghi nào nên không dùng được field"),
    # The page
    "not-a-host": ("{value!r} is not a name such as okr.example.com, without https:// and without a port", "{value!r} không phải tên như okr.example.com, không có https:// và không có cổng"),
    "not-an-e-mail": ("{value!r} is not an e-mail address", "{value!r} không phải địa chỉ e-mail"),
    "not-a-domain": ("{value!r} is not a domain such as example.com, without @", "{value!r} không phải tên miền như example.com, không có @"),
    "not-https": ("{value!r} is not an address that begins with https://", "{value!r} không phải địa chỉ bắt đầu bằng https://"),
    "two-sign-ins": ("take either [page.sign_in] or [page.iap], not both", "hãy dùng [page.sign_in] hoặc [page.iap], không dùng cả hai"),
    "no-readers": ("[page.sign_in] lets nobody in: name domains, addresses or groups in [page.readers]", "[page.sign_in] không cho ai vào: hãy ghi domains, addresses hoặc groups trong [page.readers]"),
    "open-and-closed": ("open = true lets everybody in; take it out, or the sign-in", "open = true cho mọi người vào; hãy bỏ nó hoặc bỏ phần đăng nhập"),
    "readers-of-nothing": ("readers and token mean nothing without [page.sign_in] or [page.iap]", "readers và token vô nghĩa khi không có [page.sign_in] hoặc [page.iap]"),
    "reached-by-all": ("host {host} can be reached from other machines: add [page.sign_in] or [page.iap], or open = true where everybody may read", "máy khác truy cập được host {host}: hãy thêm [page.sign_in] hoặc [page.iap], hoặc open = true nếu ai cũng được đọc"),
    "nameless": ('host {host} can be reached from other machines: say under which names in trusted_hosts, such as ["okr.example.com"]', 'máy khác truy cập được host {host}: hãy ghi các tên được dùng vào trusted_hosts, như ["okr.example.com"]'),
    # What pydantic refuses by itself
    "other": ("{message}", "{message}"),
    "string_type": ("{message}", "phải là chữ trong dấu nháy"),
    "path_type": ("{message}", "phải là đường dẫn trong dấu nháy"),
    "bool_type": ("{message}", "phải là true hoặc false"),
    "bool_parsing": ("{message}", "phải là true hoặc false"),
    "int_type": ("{message}", "phải là số nguyên"),
    "int_parsing": ("{message}", "phải là số nguyên"),
    "int_from_float": ("{message}", "phải là số nguyên"),
    "float_type": ("{message}", "phải là số"),
    "float_parsing": ("{message}", "phải là số"),
    "decimal_type": ("{message}", "phải là số"),
    "decimal_parsing": ("{message}", "phải là số"),
    "finite_number": ("{message}", "phải là số hữu hạn"),
    "greater_than": ("{message}", "phải lớn hơn {gt}"),
    "greater_than_equal": ("{message}", "phải từ {ge} trở lên"),
    "less_than_equal": ("{message}", "phải từ {le} trở xuống"),
    "literal_error": ("{message}", "phải là một trong: {expected}"),
    "enum": ("{message}", "phải là một trong: {expected}"),
    "string_too_short": ("{message}", "không được để trống"),
    "tuple_type": ("must be a list in [ ]", "phải là danh sách trong [ ]"),
    "dict_type": ("must be a table in {{ }}", "phải là bảng trong {{ }}"),
    "model_type": ("must be a table in {{ }}", "phải là bảng trong {{ }}"),
}  # fmt: skip
