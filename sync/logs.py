"""Log lines on standard error, with secrets taken out in this one place."""

import logging
import re
import sys

_SECRET = re.compile(
    r"(ya29\.[\w.-]+|Bearer\s+\S+|-----BEGIN[^-]*PRIVATE KEY-----.*?(?:-----END[^-]*PRIVATE KEY-----|$)"
    r"|(?<=private_key)\W+[^\s,}]+|(?<=client_secret)\W+[^\s,}]+|(?<=refresh_token)\W+[^\s,}]+)",
    re.DOTALL,
)


class RedactingFormatter(logging.Formatter):
    """A line with time, level and message; anything that looks like a key or token becomes "[secret]"."""

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub("[secret]", super().format(record))


def set_up_logging(verbose: bool = False) -> None:
    """Send our log to standard error; libraries only speak up with warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for ours in ("sync", "webapp"):
        logging.getLogger(ours).setLevel(logging.DEBUG if verbose else logging.INFO)
