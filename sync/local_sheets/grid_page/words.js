// What the page says, in English and Vietnamese. The API's own messages are shown as they come.

const ENGLISH = {
  all: "All spreadsheets",
  keys: "Keys",
  rowTools: "Rows",
  address: "Selected cell",
  formula: "What was entered in the selected cell",
  cell: "Cell being edited",
  grid: "Cells",
  leave: "Arrow keys and Tab move between cells. F6 leaves the grid for the tools, F2 edits.",
  tabs: "Tabs",
  addTab: "Add a tab",
  tabName: "Name of the tab",
  news: "Changes by others",
  dismiss: "Dismiss",
  insertAbove: "Insert above",
  insertBelow: "Insert below",
  deleteRow: "Delete row",
  moveUp: "Move up",
  moveDown: "Move down",
  sortUp: "Sort A→Z",
  sortDown: "Sort Z→A",
  freeze: "Freeze to here",
  protectedBy: "Protected: {text}",
  protectedRange: "Protected range",
  note: "Note: {text}",
  changed: "Changed by others: {cells}",
  more: "and {count} more",
  notSaved: "{cell} was not saved (“{text}”): {reason}",
  notDone: "{action}: {reason}",
  notLoaded: "The spreadsheet could not be loaded: {reason}",
  unreachable: "The server cannot be reached. What you see is the last state; trying again.",
  noAnswer: "the server did not answer",
  refused: "the server answered {status}",
  noTab: "The tab of this link is not in the spreadsheet any more; the first one is shown.",
  times: "({count} times)",
  nothingToSort: "There are no rows to sort below the frozen ones.",
  rowFirst: "the first row cannot move up",
  rowLast: "the last row cannot move down",
  keyMove: "Move: arrow keys, Tab, Home, End, Page Up, Page Down, with Ctrl to the ends",
  keyEdit: "Edit: type, Enter or F2; Alt+Enter for a new line; Esc cancels; Delete empties",
  keyLeave: "Leave the grid: F6",
};

const VIETNAMESE = {
  all: "Tất cả bảng tính",
  keys: "Phím tắt",
  rowTools: "Hàng",
  address: "Ô đang chọn",
  formula: "Nội dung đã nhập trong ô đang chọn",
  cell: "Ô đang sửa",
  grid: "Các ô",
  leave: "Phím mũi tên và Tab di chuyển giữa các ô. F6 rời lưới đến thanh công cụ, F2 để sửa.",
  tabs: "Trang tính",
  addTab: "Thêm trang tính",
  tabName: "Tên trang tính",
  news: "Thay đổi của người khác",
  dismiss: "Đóng",
  insertAbove: "Chèn hàng trên",
  insertBelow: "Chèn hàng dưới",
  deleteRow: "Xóa hàng",
  moveUp: "Chuyển lên",
  moveDown: "Chuyển xuống",
  sortUp: "Sắp xếp A→Z",
  sortDown: "Sắp xếp Z→A",
  freeze: "Cố định đến đây",
  protectedBy: "Được bảo vệ: {text}",
  protectedRange: "Dải ô được bảo vệ",
  note: "Ghi chú: {text}",
  changed: "Người khác vừa sửa: {cells}",
  more: "và {count} ô nữa",
  notSaved: "Chưa lưu được {cell} (“{text}”): {reason}",
  notDone: "{action}: {reason}",
  notLoaded: "Không tải được bảng tính: {reason}",
  unreachable: "Không kết nối được máy chủ. Bạn đang xem trạng thái cuối; đang thử lại.",
  noAnswer: "máy chủ không trả lời",
  refused: "máy chủ trả lời {status}",
  noTab: "Trang tính của liên kết này không còn nữa; đang hiện trang đầu tiên.",
  times: "({count} lần)",
  nothingToSort: "Không có hàng nào để sắp xếp bên dưới các hàng cố định.",
  rowFirst: "hàng đầu tiên không chuyển lên được",
  rowLast: "hàng cuối cùng không chuyển xuống được",
  keyMove: "Di chuyển: phím mũi tên, Tab, Home, End, Page Up, Page Down; thêm Ctrl để đến tận cùng",
  keyEdit: "Sửa: gõ luôn, Enter hoặc F2; Alt+Enter xuống dòng; Esc hủy; Delete xóa nội dung",
  keyLeave: "Rời lưới: F6",
};

export const language = navigator.language.toLowerCase().startsWith("vi") ? "vi" : "en";
const words = language === "vi" ? VIETNAMESE : ENGLISH;

export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function labelPage(root) {
  root.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) element.ariaLabel = say(element.dataset.label);
  for (const element of root.querySelectorAll("[data-title]")) element.title = say(element.dataset.title);
}
