"""`doctor --probe`: asks, tries on a scratch spreadsheet what our write-back relies on, and prints what was seen."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from sync.cli.configuring import google_and_mappings, spreadsheet_id
from sync.cli.exits import FINE, PROBLEMS, CannotRunError
from sync.cli.language import terminal_language
from sync.clock import SystemClock
from sync.config.settings import GoogleSettings
from sync.doctor.probe import QUOTA_FACTS, SAFE_FACTS, Result, TabLeftError, as_markdown, probe
from sync.doctor.remedies import remedy
from sync.domain.languages import Language
from sync.google import Quota, SheetsClient, SheetsError

_WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "plan": "In spreadsheet {id}, okr-sheets adds one tab named “okr-sheets probe” and the time, tries {count}\n"
        "facts in it with about {requests} requests, and deletes it. It reads and writes no cell of another tab, but\n"
        "for A1 of a tab named “okr-sheets protected” where there is one. Take a scratch spreadsheet.",
        "quota": "It then reads until Google says that the minute's quota is used up. For a few minutes nothing else\n"
        "that runs as this account gets an answer.",
        "begin": "Begin?",
        "configured": "{id} is one of the configured spreadsheets. Make a new, empty spreadsheet, share it with\n"
        "{account} as Editor and name that one; or say --yes.",
        "not_begun": "Nothing was done.",
        "stopped": "Stopped. The tab was deleted.",
        "left": "The tab “{title}” could not be deleted: {cause} Please delete it.",
        "found": "The tab “{title}” was there before. If no other probe is running, one that was cut off left it: "
        "please delete it.",
    },
    "vi": {
        "plan": "Trong bảng tính {id}, okr-sheets thêm một trang tính tên “okr-sheets probe” kèm thời gian, thử\n"
        "{count} điều trong đó với khoảng {requests} yêu cầu, rồi xóa trang đó. Không ô nào của trang khác bị đọc hay\n"
        "ghi, trừ ô A1 của trang “okr-sheets protected” nếu có. Hãy dùng một bảng tính nháp.",
        "quota": "Sau đó sẽ đọc cho đến khi Google báo hết hạn mức của phút. Trong vài phút, mọi thứ khác chạy bằng\n"
        "tài khoản này sẽ không được trả lời.",
        "begin": "Bắt đầu?",
        "configured": "{id} là một bảng tính đã cấu hình. Hãy tạo bảng tính mới, trống, chia sẻ cho\n"
        "{account} với quyền Người chỉnh sửa rồi dùng bảng đó; hoặc thêm --yes.",
        "not_begun": "Chưa làm gì cả.",
        "stopped": "Đã dừng. Trang tính thử đã được xóa.",
        "left": "Không xóa được trang tính “{title}”: {cause} Xin hãy tự xóa.",
        "found": "Trang tính “{title}” đã có từ trước. Nếu không có lần thử nào khác đang chạy thì một lần thử bị ngắt "
        "đã để lại: xin hãy tự xóa.",
    },
}
_REQUESTS_A_FACT = 3
_NO_LIMIT = 10_000


def run_probe(config_path: Path | None, spreadsheet: str, *, with_quota: bool, yes: bool) -> NoReturn:
    """Leave with 0: all as expected; 1: some facts differ; 2: could not run."""
    language, began = terminal_language(), SystemClock().now()
    google, configured = google_and_mappings(config_path)
    id_ = spreadsheet_id(spreadsheet)
    client = _client(google, language)
    results: list[Result] = []
    try:
        if not yes and id_ in configured:
            facts = {"id": id_, "account": client.account or "okr-sheets"}
            raise CannotRunError(_WORDS[language]["configured"].format_map(facts))
        if not yes:
            _ask(id_, with_quota, language)
        _try(client, id_, with_quota, results, language)
    finally:
        client.close()
        if results:
            where = google.endpoint or "Google"
            click.echo(f"okr-sheets {version('okr-sheets')}, {where}, {began:%Y-%m-%d %H:%M} UTC\n")
            click.echo(as_markdown(results))
    sys.exit(PROBLEMS if any(result.seen.as_expected is False for result in results) else FINE)


def _client(google: GoogleSettings, language: Language) -> SheetsClient:
    # Google's own limit is enough for once; below ours, what Google answers above its own could never be seen.
    quota = Quota(SystemClock(), reads=_NO_LIMIT, writes=_NO_LIMIT)
    try:
        return SheetsClient(google.credentials, google.endpoint, quota=quota)
    except SheetsError as error:
        raise CannotRunError(remedy(error, "—", "", language)) from None


def _ask(id_: str, with_quota: bool, language: Language) -> None:
    """Say what will be done. Raises CannotRunError unless the answer is yes."""
    words, count = _WORDS[language], len(SAFE_FACTS)
    click.echo(words["plan"].format(id=id_, count=count, requests=_REQUESTS_A_FACT * count), err=True)
    if with_quota:
        click.echo(words["quota"], err=True)
    try:
        begin = click.confirm(words["begin"], err=True)
    except click.Abort:
        begin = False
    if not begin:
        raise CannotRunError(words["not_begun"])


def _try(client: SheetsClient, id_: str, with_quota: bool, results: list[Result], language: Language) -> None:
    """Every fact; what was seen is added to `results` as it comes. Raises CannotRunError where not all can be tried."""
    facts, words = SAFE_FACTS + QUOTA_FACTS * with_quota, _WORDS[language]

    def told(result: Result) -> None:
        results.append(result)
        click.echo(f"{len(results)}/{len(facts)} {result.fact.name}", err=True)

    try:
        with _interrupted_once():
            for title in probe(client, id_, SystemClock(), facts, told):
                click.echo(words["found"].format(title=title), err=True)
    except SheetsError as error:
        raise CannotRunError(remedy(error, id_, client.account, language)) from None
    except TabLeftError as left:
        cause = remedy(left.cause, id_, client.account, language)
        raise CannotRunError(words["left"].format(title=left.title, cause=cause)) from None
    except KeyboardInterrupt:
        raise CannotRunError(words["stopped"]) from None


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Ctrl-C and SIGTERM stop what is in here; while it then tidies up, further ones are not heard."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def handle(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
