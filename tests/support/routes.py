"""Every route of a page that reads, with everything that it may be asked for, and all that its answers tell."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from flask import Flask
from werkzeug.test import TestResponse


def addresses(app: Flask, keys: Sequence[str], queries: Sequence[str]) -> Iterator[str]:
    """`keys` are what an address may name, known or not; `queries` what stands behind it, with the "?"."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("sign_in.begin", "sign_in.finish") or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint == "static":
            yield "/static/style.css"
        elif not rule.arguments:
            yield from (f"{rule.rule}{query}" for query in queries)
        else:
            assert rule.arguments == {"key"}, f"say in this test what {rule.rule} may be asked for"
            yield from (f"{rule.rule.replace('<key>', key)}{query}" for key in keys for query in queries)


def said(answer: TestResponse) -> str:
    """All that an answer tells, its headers and what is packed in it included."""
    body = answer.data
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"\n".join(book.read(name) for name in sorted(book.namelist()))
    return f"{answer.status}\n{answer.headers}\n{body.decode()}"
