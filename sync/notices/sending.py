"""One message to one address, by Apprise: as plain text, whatever the channel would make of it."""

import logging
from dataclasses import dataclass
from datetime import datetime

import apprise

from sync.domain.notices import Message
from sync.notices.addresses import plainly
from sync.notices.answers import heard

# It logs addresses, texts and answers; what is worth knowing of them is told by `Delivery`.
logging.getLogger("apprise").propagate = False

_US = apprise.AppriseAsset(
    app_id="okr-sheets",
    app_desc="okr-sheets",
    app_url="",
    image_url_mask="",
    image_url_logo="",
    image_path_mask="",
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of a message. `why` says it without the address; `is_unsure` where it may have arrived all the same;
    `seconds` is how long the receiver wants to be left alone.
    """

    arrived: bool
    why: str = ""
    is_unsure: bool = False
    seconds: float = 0.0


def send(address: str, message: Message, now: datetime) -> Delivery:
    """Send it, and wait for the answer; nothing is raised."""
    service = _service(plainly(address, message.address))
    if service is None:
        return Delivery(False, "the address is none that Apprise knows")
    messenger = apprise.Apprise(asset=_US)
    messenger.add(service)
    with heard() as answers:
        arrived = bool(messenger.notify(body=message.text, title=message.title, body_format=apprise.NotifyFormat.TEXT))
    if arrived:
        return Delivery(True)
    if answers.is_unsure:
        return Delivery(False, "no answer in time", is_unsure=True)
    why = f"answered {answers.status}" if answers.status else "could not be reached"
    return Delivery(False, why, seconds=answers.seconds(now))


def describe(address: str) -> str:
    """What kind of channel an address is, such as "Google Chat", and nothing else of it; "" for none."""
    service = _service(plainly(address))
    return str(service.service_name) if service else ""


def is_mail(address: str) -> bool:
    """Whether it is a mail account, from which anybody can be written to."""
    return describe(address) == "E-Mail"


def _service(address: str) -> apprise.NotifyBase | None:
    found = apprise.Apprise.instantiate(address, asset=_US, suppress_exceptions=True)
    return found if isinstance(found, apprise.NotifyBase) else None
