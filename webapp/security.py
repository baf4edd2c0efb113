"""What every answer tells the browser to refuse, and what no text may do to the page around it."""

from flask import Response

# Nothing inline, nothing from elsewhere, no form, no frame: a cell that holds markup stays a text even if some
# template ever forgot to escape it.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "private, no-cache",
}

# Werkzeug cannot compare a bracketed IPv6 name, so a page bound to ::1 answers to any.
LOOPBACK = ("127.0.0.1", "localhost")

# Marks that turn the direction of the text after them, and control characters that no reader can see.
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\r"),
        *range(0x7F, 0xA0),
        0x061C,
        *range(0x200E, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    ]
)


def add_headers(response: Response) -> Response:
    """The same headers on every answer, errors and static files included."""
    response.headers.update(HEADERS)
    return response


def visible(value: object) -> object:
    """A text without what would reorder or hide the text around it; anything else as it is."""
    return value.translate(_INVISIBLE) if isinstance(value, str) else value


def trusted_hosts(host: str) -> list[str] | None:
    """The names under which a page on this machine is asked for; None: any, for what stands behind a proxy."""
    return list(LOOPBACK) if host in LOOPBACK else None
