"""The language in which the command line speaks."""

import os

from sync.domain.languages import Language


def terminal_language() -> Language:
    """The language of the terminal: Vietnamese where the environment asks for it, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "vi" if spoken.startswith("vi") else "en"
