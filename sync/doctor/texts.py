"""Every sentence of the doctor."""

from sync.domain.languages import N_, Language
from sync.translations import told

TEXTS: dict[str, str] = {
    "state": N_("state folder"),
    "state_good": N_("{path} can be written"),
    "state_bad": N_("{path} cannot be written: {why}"),
    "state_mend": N_("Give the folder to the user that okr-sheets runs as (chown, chmod u+rwx), or name another one as `state`."),
    "state_full_mend": N_("Make room on the disk, or raise the account's quota; nothing else is to be done."),
    "disk": N_("disk"),
    "disk_seen": N_("{free} MB are free where {path} is"),
    "disk_mend": N_("Make room until at least {least} MB are free; until then passes may fail."),
    "records": N_("records"),
    "records_good": N_("the database is sound and can be written"),
    "intervals": N_("intervals"),
    "intervals_good": N_("Google's quota allows them"),
    "worker": N_("worker"),
    "worker_none": N_("none is running on this state folder"),
    "worker_pid": N_("one is running, pid {pid}; a second one would not start"),
    "key": N_("key file"),
    "key_good": N_("{path} can be used, and gives nothing away to other users"),
    "credentials": N_("credentials"),
    "credentials_seen": N_("{account} at {where}"),
    "nameless": N_("an account without an address"),
    "us": N_("the account that okr-sheets runs as"),
    "google": N_("Google"),
    "spreadsheet": N_("spreadsheet {id}"),
    "spreadsheet_good": N_("“{title}” can be read and edited ({locale}, {tabs})"),
    "viewer": N_("“{title}” can be read and not edited: {detail}"),
    "viewer_mend": N_("It is shared with {account} as Viewer or Commenter, or not by name. Share it as Editor."),
    "protected": N_("the score cells {cells} are protected against {account}"),
    "protected_mend": N_("Let {account} edit them (Data → Protect sheets and ranges), or take them out of the protected range."),
    "feed": N_("Drive's change feed"),
    "feed_good": N_("it answers; what nobody edits is read once an hour"),
    "feed_bad": N_("it does not answer: {why}"),
    "feed_mend": N_("Enable the Google Drive API in the Google Cloud project of {account}, and let its credentials have the scope drive.metadata.readonly; or set watch = false. Until then all goes on as without it."),
    "clock": N_("clock"),
    "clock_good": N_("agrees with Google's to {seconds} s"),
    "clock_untold": N_("not compared: Google told no time"),
    "clock_ahead": N_("{seconds} seconds ahead of Google's"),
    "clock_behind": N_("{seconds} seconds behind Google's"),
    "clock_mend": N_("Set this machine's clock, and keep it set (timedatectl set-ntp true). Google refuses to sign in who is minutes off."),
    "room": N_("notices to {room}"),
    "room_good": N_("{channel}, and no message waits for it; okr-sheets notify --test sends one line there"),
    "room_failing": N_("{channel} does not take its messages; the oldest of them fell due at {at}"),
    "room_unknown": N_("its address is none that Apprise knows"),
    "room_no_mail": N_("{channel} is no mail account, and to_people writes to each person by mail"),
    "room_no_unit": N_("no sheet names a unit “{unit}”, so this room hears nothing of it"),
    "room_name_unit": N_("Write it under [[notify]] as the sheets do; the nearest is “{nearest}”."),
    "room_mend": N_("Put the address alone into its file or variable; docs/notices.md shows what it looks like."),
    "room_try": N_("Try okr-sheets notify --test; it says what the room answers. Get a new address where the old one was deleted."),
}  # fmt: skip


def say(language: Language, name: str, **facts: object) -> str:
    """A sentence with its facts."""
    return told(TEXTS[name], language, **facts)
