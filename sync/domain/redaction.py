"""Secrets taken out of a text, in this one place, before it is logged, kept or shown. Pure."""

import re

# Keys first: they span what the other patterns would cut in pieces.
_SECRETS = (
    re.compile(r"-----BEGIN[^-]*PRIVATE KEY-----.*?(?:-----END[^-]*PRIVATE KEY-----|$)", re.DOTALL),
    re.compile(r"ya29\.[\w.-]+|Bearer\s+\S+|GOCSPX-[\w-]{6,}|(?<!\w)1//0[\w-]{10,}"),
    # Who signs in at a host. A password may hold "/" and "@"; but digits behind a host's name are its port.
    re.compile(r"(?<=://)(?:(?!(?:localhost|[\w-]*\.[\w.-]*):\d{1,5}(?:[^\w@]|$))[^\s/@:]*:[^\s\"<>]+|[^\s/@]+)(?=@)"),
    re.compile(
        r"(?i)(?:(?<=password=)|(?<=passwd=)|(?<=password\":)|(?<=password\": )|(?<=password': ))"
        r"(?:\"[^\"]*\"|'[^']*'|[^\s&\"']+)"
    ),
    re.compile(r"eyJ[\w-]{8,}\.[\w-]+\.[\w-]*"),
    # But client_secret.json is a file's name, which whoever looks after it has to read.
    re.compile(
        r"(?:(?<=private_key)|(?<=client_secret)|(?<=refresh_token)|(?<=access_token)|(?<=id_token)|(?<=assertion))"
        r"(?!\.json\b)\W+(?:\"[^\"]*\"|[^\s,}&]+)"
    ),
    re.compile(r"(?i)(?:(?<=set-cookie:)|(?<=cookie:)|(?<=authorization:))[^\r\n]+"),
)


def redacted(text: str) -> str:
    """The text with "[secret]" for anything that looks like a key, a token or a cookie."""
    for secret in _SECRETS:
        text = secret.sub("[secret]", text)
    return text
