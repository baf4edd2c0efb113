"""How many there are of something, with the form of its word that goes with the number."""

from collections.abc import Mapping

from sync.domain.languages import NN_, Language
from sync.translations.lookup import catalog

_FORMS: Mapping[str, tuple[str, str]] = {
    "objectives": NN_("{count} objective", "{count} objectives"),
    "active": NN_("{count} active objective", "{count} active objectives"),
    "drafts": NN_("{count} draft", "{count} drafts"),
    "key_results": NN_("{count} key result", "{count} key results"),
    "check_ins": NN_("{count} check-in", "{count} check-ins"),
    "initiatives": NN_("{count} initiative", "{count} initiatives"),
    "reviews": NN_("{count} review", "{count} reviews"),
    "recognitions": NN_("{count} recognition", "{count} recognitions"),
    "feedback": NN_("{count} line of feedback", "{count} lines of feedback"),
    "coachings": NN_("{count} line of coaching", "{count} lines of coaching"),
    "people": NN_("{count} person", "{count} people"),
    "tabs": NN_("{count} tab", "{count} tabs"),
    "error": NN_("{count} error", "{count} errors"),
    "warning": NN_("{count} warning", "{count} warnings"),
    "notice": NN_("{count} notice", "{count} notices"),
}


def counted(what: str, count: int, language: Language) -> str:
    """So many of `what`."""
    return catalog("sync", language).ngettext(*_FORMS[what], count).format(count=count)
