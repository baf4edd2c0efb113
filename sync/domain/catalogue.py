"""The catalogue of everything that can be wrong in a sheet: severity, sentence and remedy by code."""

from dataclasses import dataclass
from enum import StrEnum

from sync.domain.languages import Language


class Severity(StrEnum):
    """An error keeps something from being read or written; a warning doubts it; a notice only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one code."""

    severity: Severity
    message: dict[Language, str]
    hint: dict[Language, str]


ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


CATALOGUE: dict[str, Entry] = {
    # The tab as a whole
    "tab-missing": Entry(
        ERROR,
        {
            "en": "No tab is called “{title}”.",
            "vi": "Không có trang tính nào tên “{title}”.",
        },
        {
            "en": "Tabs here: {tabs}. Correct the title in the configuration, or bring the tab back.",
            "vi": "Các trang tính hiện có: {tabs}. Hãy sửa tên trong cấu hình hoặc khôi phục trang tính.",
        },
    ),
    "tab-empty": Entry(
        WARNING,
        {"en": "The tab “{title}” is empty.", "vi": "Trang tính “{title}” đang trống."},
        {
            "en": "Put the header and the OKRs back, or take the tab out of the configuration.",
            "vi": "Hãy nhập lại tiêu đề và OKR, hoặc bỏ trang tính này khỏi cấu hình.",
        },
    ),
    "tab-renamed": Entry(
        NOTICE,
        {
            "en": "The tab “{old}” is now called “{title}”; it was followed.",
            "vi": "Trang tính “{old}” nay có tên “{title}”; vẫn được theo dõi.",
        },
        {
            "en": "Write the new title into the configuration when you next edit it.",
            "vi": "Hãy ghi tên mới vào cấu hình trong lần sửa tới.",
        },
    ),
    "tab-twice": Entry(
        ERROR,
        {
            "en": "The tab “{title}” is read twice by the configuration ({titles}), so that everything would count twice. Nothing was changed; the last good view is kept.",
            "vi": "Cấu hình đọc trang tính “{title}” hai lần ({titles}), nên mọi thứ sẽ bị tính hai lần. Không có gì bị thay đổi; dữ liệu tốt gần nhất được giữ lại.",
        },
        {
            "en": "Let one [[spreadsheet.tab]] alone fit this title, or give each of them columns or rows of its own.",
            "vi": "Hãy để chỉ một [[spreadsheet.tab]] khớp tên này, hoặc cho mỗi mục cột hay dòng riêng.",
        },
    ),
    "tab-emptied": Entry(
        ERROR,
        {
            "en": "The tab “{title}” held {known} rows of OKRs and now holds none. Nothing was changed; the last good view is kept.",
            "vi": "Trang tính “{title}” từng có {known} dòng OKR, nay không còn dòng nào. Không có gì bị thay đổi; dữ liệu tốt gần nhất được giữ lại.",
        },
        {
            "en": "Bring the rows back (File → Version history), or run “okr-sheets sync --accept” when this is meant.",
            "vi": "Hãy khôi phục các dòng (Tệp → Nhật ký phiên bản), hoặc chạy “okr-sheets sync --accept” nếu đây là chủ ý.",
        },
    ),
    "rows-gone": Entry(
        ERROR,
        {
            "en": "{gone} of the {known} rows known on “{title}” are gone. Nothing was changed; the last good view is kept.",
            "vi": "{gone} trong {known} dòng đã biết trên “{title}” không còn nữa. Không có gì bị thay đổi; dữ liệu tốt gần nhất được giữ lại.",
        },
        {
            "en": "Bring the rows back, or run “okr-sheets sync --accept” when this is meant.",
            "vi": "Hãy khôi phục các dòng, hoặc chạy “okr-sheets sync --accept” nếu đây là chủ ý.",
        },
    ),
    "scores-leap": Entry(
        ERROR,
        {
            "en": "{changed} of the {known} scores on “{title}” would change at once. Nothing was changed; the last good view is kept.",
            "vi": "{changed} trong {known} điểm trên “{title}” sẽ thay đổi cùng lúc. Không có gì bị thay đổi; dữ liệu tốt gần nhất được giữ lại.",
        },
        {
            "en": "See whether a column or the targets were changed by mistake; run “okr-sheets sync --accept” when this is meant.",
            "vi": "Hãy xem có cột hay chỉ tiêu nào bị sửa nhầm không; chạy “okr-sheets sync --accept” nếu đây là chủ ý.",
        },
    ),
    "first-contact": Entry(
        ERROR,
        {
            "en": "Score cells on “{title}” hold other numbers than ours ({count} of them; the first shows {held}, ours is {ours}). Nothing was written on this tab.",
            "vi": "{count} ô điểm trên “{title}” đang chứa số khác với kết quả tính (ô đầu tiên: {held}, tính được: {ours}). Chưa ghi gì vào trang tính này.",
        },
        {
            "en": "“okr-sheets sync --dry-run --accept” shows every change; “okr-sheets sync --accept” makes them, and the column is ours from then on.",
            "vi": "“okr-sheets sync --dry-run --accept” cho xem mọi thay đổi; “okr-sheets sync --accept” sẽ ghi, và từ đó okr-sheets quản lý cột này.",
        },
    ),
    "tab-joined": Entry(
        WARNING,
        {
            "en": "“{title}” was left as it is, because its rows belong together with those of “{other}”.",
            "vi": "“{title}” được giữ nguyên vì các dòng của nó gắn với “{other}”.",
        },
        {
            "en": "Mend “{other}” first.",
            "vi": "Hãy sửa “{other}” trước.",
        },
    ),
    "tab-protected": Entry(
        ERROR,
        {
            "en": "Score cells on “{title}” are protected and okr-sheets may not edit them: {ranges}.",
            "vi": "Các ô điểm trên “{title}” được bảo vệ và okr-sheets không được sửa: {ranges}.",
        },
        {
            "en": "In Data → Protect sheets and ranges, let the account of okr-sheets edit {ranges}.",
            "vi": "Trong Dữ liệu → Bảo vệ trang tính và dải ô, hãy cho phép tài khoản của okr-sheets chỉnh sửa {ranges}.",
        },
    ),
    "rows-moved": Entry(
        WARNING,
        {
            "en": "“{title}” kept changing while scores were being written. What was hit by mistake was put back; {count} scores wait.",
            "vi": "“{title}” liên tục thay đổi trong lúc ghi điểm. Những ô bị ghi nhầm đã được trả lại; còn {count} điểm đang chờ.",
        },
        {
            "en": "The next pass writes them. If this stays, a formula computes a current value from its own score: take that formula out.",
            "vi": "Lượt sau sẽ ghi. Nếu vẫn còn, có công thức tính giá trị hiện tại từ chính điểm của nó: hãy bỏ công thức đó.",
        },
    ),
    "write-unseen": Entry(
        WARNING,
        {
            "en": "The pass failed before {count} scores on “{title}” were seen to be written; they are on the page only.",
            "vi": "Lượt cập nhật thất bại trước khi thấy {count} điểm trên “{title}” được ghi; chúng chỉ hiện trên trang OKR.",
        },
        {
            "en": "Nothing to do in the sheet: the next pass that gets through sees to it.",
            "vi": "Không cần làm gì trong bảng tính: lượt sau thành công sẽ xử lý.",
        },
    ),
    "put-back-by-hand": Entry(
        ERROR,
        {
            "en": "Rows changed while scores were being written, and a score replaced “{lost}” on “{title}”, most likely in this cell. Nobody knows for certain which row it belongs to, so it was not put back.",
            "vi": "Các hàng thay đổi trong lúc ghi điểm, và một điểm đã đè lên “{lost}” trên “{title}”, nhiều khả năng ở ô này. Không biết chắc nội dung đó thuộc hàng nào nên chưa trả lại.",
        },
        {
            "en": "Type “{lost}” into this cell, or where it belongs; until then a score here waits. If it is not needed any more, run “okr-sheets sync --accept”.",
            "vi": "Hãy gõ “{lost}” vào ô này, hoặc vào đúng chỗ của nó; trước đó điểm ở đây phải chờ. Nếu không cần nữa, hãy chạy “okr-sheets sync --accept”.",
        },
    ),
    "columns-moved": Entry(
        ERROR,
        {
            "en": "Columns moved while scores were being written, and Google never answered: a score may have replaced what this cell held: {lost}. Nothing is read or written on “{title}” until somebody has looked.",
            "vi": "Các cột bị dời trong lúc ghi điểm và Google không trả lời: có thể một điểm đã đè lên nội dung cũ của ô này: {lost}. “{title}” tạm ngừng được đọc và ghi cho đến khi có người xem lại.",
        },
        {
            "en": "Type {lost} (—: empty the cell) where the number in this cell is not yours. The tab goes on when all such cells are mended, or with “okr-sheets sync --accept”.",
            "vi": "Nếu số trong ô này không phải của bạn, hãy gõ lại {lost} (—: xóa trống ô). Trang tính chạy tiếp khi mọi ô như vậy đã sửa, hoặc bằng “okr-sheets sync --accept”.",
        },
    ),
    # Headers
    "header-missing": Entry(
        ERROR,
        {
            "en": "No column on “{title}” has the header “{header}”.",
            "vi": "Trên “{title}” không có cột nào mang tiêu đề “{header}”.",
        },
        {
            "en": "Nearest: {nearest}. Columns that nothing is read from: {unused}. Bring the column back under its old name, or write its new one into the configuration.",
            "vi": "Gần nhất: {nearest}. Các cột chưa dùng: {unused}. Hãy khôi phục cột với tên cũ hoặc ghi tên mới vào cấu hình.",
        },
    ),
    "column-outside": Entry(
        ERROR,
        {
            "en": "Column {column} of “{title}” is to be read, but the tab ends at column {last}.",
            "vi": "Cần đọc cột {column} của “{title}”, nhưng trang tính chỉ đến cột {last}.",
        },
        {
            "en": "Name the column that is meant in the configuration; or bring the columns back, if some were deleted.",
            "vi": "Hãy ghi đúng cột vào cấu hình, hoặc khôi phục các cột nếu chúng đã bị xóa.",
        },
    ),
    "header-ambiguous": Entry(
        ERROR,
        {
            "en": "{count} columns on “{title}” have the header “{header}”: {cells}.",
            "vi": "Trên “{title}” có {count} cột cùng tiêu đề “{header}”: {cells}.",
        },
        {
            "en": "Rename all but one, or say in the configuration which one counts (nth, under or column).",
            "vi": "Hãy đổi tên để chỉ còn một cột, hoặc ghi rõ trong cấu hình cột nào được dùng (nth, under hoặc column).",
        },
    ),
    "other-table": Entry(
        WARNING,
        {
            "en": "Another table seems to begin on “{title}” here (“{text}”); the rows below were not read.",
            "vi": "Có vẻ một bảng khác bắt đầu trên “{title}” từ đây (“{text}”); các dòng bên dưới không được đọc.",
        },
        {
            "en": "Nothing to do if these are no OKRs. If they are, give them the same headers as the table above.",
            "vi": "Không cần làm gì nếu đây không phải OKR. Nếu là OKR, hãy đặt tiêu đề cột giống bảng bên trên.",
        },
    ),
    "total-row": Entry(
        NOTICE,
        {
            "en": "“{text}” was taken for a line of totals, not for an OKR.",
            "vi": "“{text}” được xem là dòng tổng, không phải OKR.",
        },
        {
            "en": "Nothing to do; if it is an OKR, give it a longer text.",
            "vi": "Không cần làm gì; nếu đây là OKR, hãy viết nội dung rõ hơn.",
        },
    ),
    # Rows
    "row-unreadable": Entry(
        WARNING,
        {
            "en": "The cell shows {text} ({field}), so nobody can tell which row this is; it was left out.",
            "vi": "Ô đang hiện {text} ({field}) nên không biết đây là dòng nào; dòng này tạm được bỏ qua.",
        },
        {
            "en": "Wait if it is still loading; otherwise mend the formula.",
            "vi": "Nếu ô đang tải thì hãy chờ; nếu không, hãy sửa công thức.",
        },
    ),
    "id-merged": Entry(
        WARNING,
        {
            "en": "The ID “{text}” is merged over several key results; it was taken for the first one's only.",
            "vi": "Mã “{text}” nằm trong ô gộp của nhiều kết quả then chốt; chỉ được tính cho kết quả đầu tiên.",
        },
        {
            "en": "Unmerge the ID's cell and give every key result an ID of its own.",
            "vi": "Hãy bỏ gộp ô mã và đặt mã riêng cho từng kết quả then chốt.",
        },
    ),
    # Values
    "not-a-number": Entry(
        ERROR,
        {
            "en": "“{text}” is not a number ({field}).",
            "vi": "“{text}” không phải là số ({field}).",
        },
        {
            "en": "Type a number such as {example}, or leave the cell empty while nothing is measured.",
            "vi": "Hãy nhập một số, ví dụ {example}, hoặc để trống khi chưa đo được.",
        },
    ),
    "date-not-number": Entry(
        ERROR,
        {
            "en": "The cell holds the date {text}, not a number ({field}).",
            "vi": "Ô chứa ngày {text}, không phải số ({field}).",
        },
        {
            "en": "Sheets turns “3/5” into a date. Type '3/5 with the apostrophe, or a plain number, and choose Format → Number.",
            "vi": "Trang tính tự đổi “3/5” thành ngày. Hãy nhập '3/5 có dấu nháy, hoặc một số, rồi chọn Định dạng → Số.",
        },
    ),
    "not-a-date": Entry(
        WARNING,
        {
            "en": "“{text}” is not a date ({field}), so it counts as older than all others.",
            "vi": "“{text}” không phải là ngày ({field}) nên được xem là cũ nhất.",
        },
        {
            "en": "Type a date such as 2026-03-31.",
            "vi": "Hãy nhập ngày, ví dụ 2026-03-31.",
        },
    ),
    "ambiguous-number": Entry(
        ERROR,
        {
            "en": "“{text}” can be read as {one} or as {other} ({field}).",
            "vi": "“{text}” có thể hiểu là {one} hoặc {other} ({field}).",
        },
        {
            "en": "Type {one} or {other}, whichever is meant.",
            "vi": "Hãy nhập {one} hoặc {other} cho đúng ý.",
        },
    ),
    "cell-error": Entry(
        WARNING,
        {
            "en": "The cell shows {text} ({field}); the last good score is kept for a while.",
            "vi": "Ô đang hiện {text} ({field}); điểm tốt gần nhất được giữ tạm.",
        },
        {
            "en": "Wait if it is still loading; otherwise mend the formula.",
            "vi": "Nếu ô đang tải thì hãy chờ; nếu không, hãy sửa công thức.",
        },
    ),
    "target-missing": Entry(
        ERROR,
        {
            "en": "“{text}” has a current value ({current}) but no target.",
            "vi": "“{text}” có giá trị hiện tại ({current}) nhưng chưa có chỉ tiêu.",
        },
        {
            "en": "Type the number to be reached into the target's cell.",
            "vi": "Hãy nhập con số cần đạt vào ô chỉ tiêu.",
        },
    ),
    "target-equals-start": Entry(
        ERROR,
        {
            "en": "Start and target of “{text}” are both {target}: there is no way to go.",
            "vi": "Giá trị ban đầu và chỉ tiêu của “{text}” cùng là {target}: không có quãng đường để đo.",
        },
        {
            "en": "Correct the start or the target.",
            "vi": "Hãy sửa giá trị ban đầu hoặc chỉ tiêu.",
        },
    ),
    "start-missing": Entry(
        ERROR,
        {
            "en": "“{text}” seems meant to fall (target {target}), but has no start to fall from, so it has no score.",
            "vi": "“{text}” có vẻ cần giảm (chỉ tiêu {target}) nhưng chưa có giá trị ban đầu nên chưa có điểm.",
        },
        {
            "en": "Type the value it began at. Or write the target as a limit, such as “≤ {target}”; or, where more is better, say so in a direction column (“increase”).",
            "vi": "Hãy nhập giá trị ban đầu. Hoặc viết chỉ tiêu dạng giới hạn, ví dụ “≤ {target}”; hoặc nếu càng cao càng tốt, hãy ghi “tăng” ở cột chiều hướng.",
        },
    ),
    "unit-mismatch": Entry(
        ERROR,
        {
            "en": "“{one}” and “{other}” are in different units.",
            "vi": "“{one}” và “{other}” khác đơn vị.",
        },
        {
            "en": "Write both in the same unit.",
            "vi": "Hãy viết cả hai theo cùng một đơn vị.",
        },
    ),
    "wrong-way": Entry(
        NOTICE,
        {
            "en": "“{text}” is moving the wrong way: from {start} to {current}, the target is {target}.",
            "vi": "“{text}” đang đi ngược hướng: từ {start} thành {current}, chỉ tiêu là {target}.",
        },
        {
            "en": "The score is 0. Check the number if this surprises you.",
            "vi": "Điểm là 0. Hãy kiểm tra lại số liệu nếu thấy bất ngờ.",
        },
    ),
    "bad-weight": Entry(
        ERROR,
        {
            "en": "“{text}” is no weight; this key result does not count in its objective.",
            "vi": "“{text}” không phải là trọng số hợp lệ; kết quả then chốt này không được tính vào mục tiêu.",
        },
        {
            "en": "Type a number from 0 up, such as 1 or 30%.",
            "vi": "Hãy nhập một số không âm, ví dụ 1 hoặc 30%.",
        },
    ),
    "no-weight": Entry(
        ERROR,
        {
            "en": "All key results of “{text}” have the weight 0.",
            "vi": "Mọi kết quả then chốt của “{text}” đều có trọng số 0.",
        },
        {
            "en": "Give at least one of them a weight.",
            "vi": "Hãy đặt trọng số cho ít nhất một kết quả then chốt.",
        },
    ),
    "weights-not-100": Entry(
        WARNING,
        {
            "en": "The weights under “{text}” add up to {sum}%.",
            "vi": "Tổng trọng số của “{text}” là {sum}%.",
        },
        {
            "en": "They were taken in proportion. Make them 100% if they are meant as percentages.",
            "vi": "Điểm đã được tính theo tỷ lệ. Hãy chỉnh cho đủ 100% nếu đây là phần trăm.",
        },
    ),
    # Of what is not understood, what decides a score keeps it away; all else is doubted only.
    "unknown-word": Entry(
        WARNING,
        {
            "en": "“{text}” is not understood ({field}).",
            "vi": "Không hiểu “{text}” ({field}).",
        },
        {
            "en": "Use one of: {known}.",
            "vi": "Hãy dùng một trong các từ: {known}.",
        },
    ),
    # Score cells
    "score-differs": Entry(
        WARNING,
        {
            "en": "The score cell shows {held}, but the score is {ours}. It holds {what} and was left as it is.",
            "vi": "Ô điểm đang hiện {held}, nhưng điểm tính được là {ours}. Ô chứa {what} nên được giữ nguyên.",
        },
        {
            "en": "Correct whichever is wrong, the cell or the mapping. okr-sheets writes here only where the cell is empty.",
            "vi": "Hãy sửa chỗ sai, ở ô này hoặc ở cấu hình. okr-sheets chỉ ghi vào đây khi ô trống.",
        },
    ),
    "score-cell-shared": Entry(
        ERROR,
        {
            "en": "“{text}” and “{other}” have the same score cell; neither score was written.",
            "vi": "“{text}” và “{other}” dùng chung một ô điểm; không ghi điểm nào vào đó.",
        },
        {
            "en": "Name different score columns in the configuration.",
            "vi": "Hãy chỉ định các cột điểm khác nhau trong cấu hình.",
        },
    ),
    "score-outside": Entry(
        ERROR,
        {
            "en": "The scores of “{title}” are to go into column {column}, but the tab ends at column {last}; none is written there.",
            "vi": "Điểm của “{title}” được ghi vào cột {column}, nhưng trang tính chỉ đến cột {last}; không ghi điểm nào ở đó.",
        },
        {
            "en": "Add columns up to {column} (Insert → Columns), or name another score column in the configuration.",
            "vi": "Hãy thêm cột cho đến {column} (Chèn → Cột), hoặc chỉ định cột điểm khác trong cấu hình.",
        },
    ),
    "score-is-source": Entry(
        ERROR,
        {
            "en": "The column “{header}” on “{title}” is read for “{field}”, so it cannot take scores.",
            "vi": "Cột “{header}” trên “{title}” được dùng để đọc “{field}” nên không thể nhận điểm.",
        },
        {
            "en": "Name another score column in the configuration, or leave the score out.",
            "vi": "Hãy chỉ định cột điểm khác trong cấu hình, hoặc bỏ trống cột điểm.",
        },
    ),
    "write-refused": Entry(
        ERROR,
        {
            "en": "Google refused to let us write into “{title}”; the scores are on the page only.",
            "vi": "Google không cho ghi vào “{title}”; điểm chỉ hiện trên trang OKR.",
        },
        {
            "en": "Share the spreadsheet with okr-sheets as Editor, and let it edit protected ranges with score cells.",
            "vi": "Hãy chia sẻ bảng tính cho okr-sheets với quyền Người chỉnh sửa, và cho phép sửa vùng được bảo vệ có ô điểm.",
        },
    ),
    "score-merged": Entry(
        WARNING,
        {
            "en": "The score cell of “{text}” is covered by a merged cell; the score {ours} cannot be written.",
            "vi": "Ô điểm của “{text}” bị một ô gộp che; không ghi được điểm {ours}.",
        },
        {
            "en": "Unmerge the score column (Format → Merge cells → Unmerge).",
            "vi": "Hãy bỏ gộp ô ở cột điểm (Định dạng → Hợp nhất các ô → Hủy hợp nhất).",
        },
    ),
    # OKR rules
    "no-objective": Entry(
        ERROR,
        {
            "en": "The key result “{text}” belongs to no objective.",
            "vi": "Kết quả then chốt “{text}” không thuộc mục tiêu nào.",
        },
        {
            "en": "Type the objective beside or above it{reference}.",
            "vi": "Hãy nhập mục tiêu bên cạnh hoặc phía trên{reference}.",
        },
    ),
    "no-key-result": Entry(
        ERROR,
        {
            "en": "The objective “{text}” has no key result, so it has no score.",
            "vi": "Mục tiêu “{text}” chưa có kết quả then chốt nên không có điểm.",
        },
        {
            "en": "Add 2 to 5 measurable key results.",
            "vi": "Hãy thêm từ 2 đến 5 kết quả then chốt đo được.",
        },
    ),
    "no-support": Entry(
        ERROR,
        {
            "en": "The score of “{text}” is to come from the objectives that support it, and there are none.",
            "vi": "Điểm của “{text}” được tính từ các mục tiêu hỗ trợ nó, nhưng chưa có mục tiêu nào.",
        },
        {
            "en": "Link objectives of the level below to it, or take its level out of roll_up in the configuration.",
            "vi": "Hãy liên kết mục tiêu của cấp dưới với nó, hoặc bỏ cấp này khỏi roll_up trong cấu hình.",
        },
    ),
    "duplicate": Entry(
        WARNING,
        {
            "en": "“{text}” stands twice: here and at {other}.",
            "vi": "“{text}” xuất hiện hai lần: tại đây và tại {other}.",
        },
        {
            "en": "Delete one of the two, or tell them apart by their text or ID.",
            "vi": "Hãy xóa một trong hai, hoặc phân biệt bằng nội dung hoặc mã.",
        },
    ),
    "too-many-objectives": Entry(
        WARNING,
        {
            "en": "{unit} has {count} objectives{period}; OKR asks for 3 to 5.",
            "vi": "{unit} có {count} mục tiêu{period}; OKR khuyên từ 3 đến 5.",
        },
        {
            "en": "Keep the most important ones and move the others to the next period.",
            "vi": "Hãy giữ những mục tiêu quan trọng nhất và chuyển phần còn lại sang chu kỳ sau.",
        },
    ),
    "unknown-parent": Entry(
        ERROR,
        {
            "en": "No objective or key result is called “{parent}”.",
            "vi": "Không có mục tiêu hay kết quả then chốt nào là “{parent}”.",
        },
        {
            "en": "Nearest: {nearest}. Type the ID or the whole text of the one that is meant.",
            "vi": "Gần giống nhất: {nearest}. Hãy nhập mã hoặc toàn bộ nội dung của mục đúng.",
        },
    ),
    "ambiguous-parent": Entry(
        ERROR,
        {
            "en": "“{parent}” can mean {count} things: {cells}.",
            "vi": "“{parent}” có thể là {count} mục: {cells}.",
        },
        {
            "en": "Type the ID of the one that is meant.",
            "vi": "Hãy nhập mã của mục đúng.",
        },
    ),
    "unknown-key-result": Entry(
        WARNING,
        {
            "en": "“{text}” is the ID or text of no key result, so this check-in or initiative belongs to none.",
            "vi": "“{text}” không phải mã hay nội dung của kết quả then chốt nào, nên lượt check-in hoặc sáng kiến này chưa thuộc về đâu.",
        },
        {
            "en": "Type the ID or the whole text of the key result.",
            "vi": "Hãy nhập mã hoặc toàn bộ nội dung của kết quả then chốt.",
        },
    ),
    "ambiguous-key-result": Entry(
        WARNING,
        {
            "en": "“{text}” can mean {count} things: {cells}. This check-in or initiative belongs to none of them.",
            "vi": "“{text}” có thể là {count} mục: {cells}. Lượt check-in hoặc sáng kiến này chưa thuộc về mục nào.",
        },
        {
            "en": "Type the ID of the one that is meant.",
            "vi": "Hãy nhập mã của mục đúng.",
        },
    ),
    "circular-parent": Entry(
        ERROR,
        {
            "en": "The links run in a circle: {path}.",
            "vi": "Các liên kết tạo thành vòng: {path}.",
        },
        {
            "en": "Remove one of these links; the topmost objective supports none of the others.",
            "vi": "Hãy bỏ một liên kết trong vòng; mục tiêu cao nhất không hỗ trợ mục nào bên dưới.",
        },
    ),
    "skipped-level": Entry(
        WARNING,
        {
            "en": "“{text}” ({level}) is linked to “{parent}” ({parent_level}) and skips a level.",
            "vi": "“{text}” ({level}) liên kết với “{parent}” ({parent_level}), bỏ qua một cấp.",
        },
        {
            "en": "Link it to an objective of the level right above, if there is one.",
            "vi": "Hãy liên kết với mục tiêu của cấp ngay trên, nếu có.",
        },
    ),
    "orphan": Entry(
        WARNING,
        {
            "en": "“{text}” supports no objective of a higher level.",
            "vi": "“{text}” chưa liên kết với mục tiêu nào ở cấp trên.",
        },
        {
            "en": "Name the objective or key result that it supports.",
            "vi": "Hãy ghi mục tiêu hoặc kết quả then chốt mà nó hỗ trợ.",
        },
    ),
}
