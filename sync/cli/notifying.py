"""`notify`, and the thread that sends: puts together who makes the messages and who sends them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from sync.cli.companies import TellJson, for_each
from sync.cli.exits import CANNOT_RUN, FINE, CannotRunError
from sync.cli.opening import open_records, unusable_records
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.notify import NotifySettings
from sync.config.secrets import SecretError
from sync.config.settings import Config
from sync.domain.languages import N_
from sync.domain.notices import Message
from sync.notices import Delivery, Notifier, address_of, describe, send
from sync.records import Records, RecordsError
from sync.translations import told
from webapp.exports.notices.composer import Composer

_NO_ROOMS = N_("The configuration has no [[notify]], so nobody hears of anything; docs/notices.md shows how.")
_NOTHING_DUE = N_("nothing is due now")
_BUSY = N_("A worker is sending at this moment; what is due goes out with it.")
_TEST_TITLE = N_("okr-sheets can reach this room")
_TEST_TEXT = N_("Sent by okr-sheets notify --test. There is nothing to do.")
_REACHED = N_("reached")
_NOT_REACHED = N_("not reached: {why}")


def notify(config_path: Path, company: str | None, dry_run: bool, is_test: bool) -> None:
    """Send what is due to chat rooms and mailboxes, once."""
    if dry_run and is_test:
        raise click.UsageError(N_("--dry-run sends nothing, and --test does"))
    do = _try_all if is_test else _print_what_is_due if dry_run else _send_what_is_due
    for_each(config_path, company, partial(_notify, do))


def _notify(do: Callable[[Config], int], config: Config, _: TellJson | None) -> int:
    if not config.notify and config.name:
        # Of several companies some may do without.
        click.echo(told(_NO_ROOMS, terminal_language()))
        return FINE
    if not config.notify:
        raise CannotRunError(told(_NO_ROOMS, terminal_language()))
    try:
        return do(config)
    except RecordsError as error:
        raise unusable_records(error) from None


@contextmanager
def notifying(config: Config, records: Records) -> Iterator[None]:
    """Whoever is to hear of something hears of it meanwhile."""
    notifier = _notifier(config, records)
    notifier.start()
    try:
        yield
    finally:
        notifier.stop()


def _notifier(config: Config, records: Records) -> Notifier:
    return Notifier(config.notify, records, _composer(config, records), _zone(config))


def _composer(config: Config, records: Records) -> Composer:
    intervals = {settings.id: settings.every for settings in config.spreadsheet}
    return Composer(records, config.company, intervals, config.scoring.bands, config.page.url or "")


def _zone(config: Config) -> ZoneInfo | None:
    return ZoneInfo(config.timezone) if config.timezone else None


def _send_what_is_due(config: Config) -> int:
    with open_records(config) as records:
        if not _notifier(config, records).round():
            click.echo(told(_BUSY, terminal_language()))
    return FINE


def _print_what_is_due(config: Config) -> int:
    with open_records(config) as records:
        _print_due(config, records)
    return FINE


def _print_due(config: Config, records: Records) -> None:
    compose, now = _composer(config, records), SystemClock().now()
    for room in config.notify:
        known = records.notices(room.name, room.scope)
        messages = [message for message in compose(room, known, now) if message.text]
        due = [message for message in messages if message.about not in known or not known[message.about].is_settled]
        click.echo(f"── {_called(room)}")
        for message in due:
            click.echo(f"\n{_receiver(message)}{message.title}\n{message.text}")
        click.echo("" if due else told(_NOTHING_DUE, terminal_language()))


def _receiver(message: Message) -> str:
    """For whom it is, where it is not for the room: enough of the address to tell people apart."""
    name, at, host = message.address.partition("@")
    return f"→ {name[:1]}…{at}{host}\n" if at else ""


def _called(room: NotifySettings) -> str:
    """A room by where its address is kept and what kind of channel that is; nothing of the address itself."""
    try:
        return f"{room.name} ({describe(address_of(room.to)) or '?'})"
    except SecretError as error:
        return f"{room.name} ({error.told(terminal_language())})"


def _try_all(config: Config) -> int:
    """The exit code: whether all rooms were reached."""
    language, well = terminal_language(), True
    for room in {room.name: room for room in config.notify}.values():
        delivery = _tried(room)
        well = well and delivery.arrived
        outcome = told(_REACHED, language) if delivery.arrived else told(_NOT_REACHED, language, why=delivery.why)
        click.echo(f"{'✓' if delivery.arrived else '✗'} {_called(room)}: {outcome}")
    return FINE if well else CANNOT_RUN


def _tried(room: NotifySettings) -> Delivery:
    now = SystemClock().now()
    title, text = told(_TEST_TITLE, room.language), told(_TEST_TEXT, room.language)
    try:
        return send(address_of(room.to), Message("test", now, title, text), now)
    except SecretError as error:
        return Delivery(False, error.told(terminal_language()))
