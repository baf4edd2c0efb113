"""Hostile texts from cells arrive as plain text in each channel.

Through the real plugins, to receivers on loopback that take the connections for the channels' own hosts.
"""

import json
from datetime import UTC, datetime

import pytest

from sync.domain.notices import Message
from sync.notices import describe, send
from tests.support.receivers import Mailbox, Webhooks
from webapp.exports.notices.words import LONGEST, plain

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOSTILE = (
    "@all @everyone <users/all> <!channel> <at>x</at> **b** _i_ ~s~ `c` [x](http://evil.example) <b>h</b> "
    "&lt;b&gt; www.evil.example =HYPERLINK(1)\n# head\x07"
)
LINK = "https://docs.google.com/spreadsheets/d/1A_b-c_d/edit#gid=0&range=B3"

CHANNELS = {
    "gchat://AAAA/key/token": ("Google Chat", "chat.googleapis.com"),
    "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=AI&token=O7b": ("Google Chat", "chat.googleapis.com"),
    "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ": ("Slack", "hooks.slack.com"),
    "workflows://prod.logic.azure.com/643e69f83c89/KODuebWbDGYFr0z0eu": (
        "Power Automate / Workflows (for MSTeams)",
        "prod.logic.azure.com",
    ),
    "tgram://123456789:abcdefg_hijklmnop/12315544": ("Telegram", "api.telegram.org"),
    "zalo://1234567890:tok/1": ("Zalo", "bot-api.zaloplatforms.com"),
    "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js": ("Discord", "discord.com"),
}
# What each of them would take for a mention, a link, an address or markup. "&lt;" is how HTML writes a "<".
MEANINGFUL = ("@all", "@everyone", "<users", "<!", "<at", "<b>h", "**", "`", "~", "](", "http://evil", "evil.e", "_i_")


@pytest.mark.parametrize("address", CHANNELS)
def test_hostile_text_is_plain_text_and_our_link_is_whole(
    address: str, webhooks: Webhooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in webhooks.environment.items():
        monkeypatch.setenv(name, value)
    name, host = CHANNELS[address]
    message = Message("digest", NOW, plain(HOSTILE), f"• {plain(HOSTILE)}\n{LINK}")
    delivery = send(address, message, NOW)
    assert describe(address) == name
    [got] = webhooks.got
    assert got.host == host
    said = json.dumps(got.body, ensure_ascii=False).replace("&amp;", "&")
    assert [mark for mark in MEANINGFUL if mark in said] == []
    assert LINK in said
    # The receiver of Slack and Telegram answers "ok" and no JSON; that a message arrived is theirs to say.
    assert delivery.arrived or delivery.why == "answered 200"


def test_a_mail_is_plain_text(mailbox: Mailbox) -> None:
    text = f"• {plain(HOSTILE)}\n{LINK}"
    assert send(mailbox.address, Message("digest", NOW, "OKR", text), NOW).arrived
    [(receivers, mail)] = mailbox.mails
    assert receivers == ("admin@example.vn",)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip().split() == text.split()  # type: ignore[attr-defined]


def test_a_title_makes_no_header_of_its_own(mailbox: Mailbox) -> None:
    title = plain("OKR\r\nBcc: other@example.vn")
    assert send(mailbox.address, Message("digest", NOW, title, "x"), NOW).arrived
    [(receivers, mail)] = mailbox.mails
    assert (receivers, mail["Bcc"]) == (("admin@example.vn",), None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Doanh thu tăng 12,5% (Q4)", "Doanh thu tăng 12,5% (Q4)"),
        ("KR_1 đạt 1.200.000 đ", "KR_1 đạt 1.200.000 đ"),
        ("  hai\n dòng ", "hai dòng"),
        ("đảo\u202echiều", "đảo chiều"),
        ("x" * 4000, "x" * (LONGEST - 1) + "…"),
    ],
)
def test_what_means_nothing_stays_as_it_is_and_what_is_long_is_cut(text: str, said: str) -> None:
    assert plain(text) == said
