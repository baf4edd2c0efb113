"""What the operating system refuses, in the language of the terminal; its own words are mostly English."""

import errno

from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.translations import gettext

# As Linux says it; what is not here is told as it comes.
_WORDS: dict[int, str] = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EEXIST: N_("File exists"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.EADDRINUSE: N_("Address already in use"),
    errno.EADDRNOTAVAIL: N_("Cannot assign requested address"),
}


def why(error: OSError) -> str:
    """The reason alone, without the file that it is about."""
    known = _WORDS.get(error.errno or 0)
    return gettext(known, terminal_language()) if known else error.strerror or str(error)


def told_of(error: Exception) -> str:
    """The whole of it: the file, where there is one, and the reason."""
    if not isinstance(error, OSError) or error.errno is None:
        return str(error)
    return f"{error.filename}: {why(error)}" if error.filename else why(error)
