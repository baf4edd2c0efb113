"""Log lines on standard error, with secrets taken out in this one place."""

import logging
import re
import sys

# Keys first: they span what the other patterns would cut in pieces.
_SECRETS = (
    re.compile(r"-----BEGIN[^-]*PRIVATE KEY-----.*?(?:-----END[^-]*PRIVATE KEY-----|$)", re.DOTALL),
    re.compile(r"ya29\.[\w.-]+|Bearer\s+\S+|(?<=://)[^\s/@]+(?=@)"),
    re.compile(r"(?:(?<=private_key)|(?<=client_secret)|(?<=refresh_token))\W+(?:\"[^\"]*\"|[^\s,}]+)"),
)


class RedactingFormatter(logging.Formatter):
    """A line with time, level and message; anything that looks like a key or token becomes "[secret]"."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in _SECRETS:
            line = secret.sub("[secret]", line)
        return line


def set_up_logging(verbose: bool = False) -> None:
    """Send our log to standard error; libraries only speak up with warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for ours in ("sync", "webapp"):
        logging.getLogger(ours).setLevel(logging.DEBUG if verbose else logging.INFO)
