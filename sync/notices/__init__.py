"""Notices to chat rooms and mailboxes: sends what is due, once. The only room that knows Apprise.

    addresses  where an address is kept, and how it is called where nobody may see it
    answers    what a receiver answered, which Apprise keeps to itself
    sending    one message to one address
    outbox     which messages go out now, and what is noted of each before and after
    notifier   the thread beside the passes, one of many at a time

Knows no OKRs: messages are handed to it as texts, which `webapp.exports.notices` makes, by `sync.cli`.
"""

from sync.notices.addresses import address_of
from sync.notices.notifier import Notifier
from sync.notices.sending import Delivery, describe, is_mail, send

__all__ = ["Delivery", "Notifier", "address_of", "describe", "is_mail", "send"]
