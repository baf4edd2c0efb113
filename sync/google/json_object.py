"""What claims to be a JSON object: a key file, an answer of Google."""

import json
from typing import Any


def json_object(text: str | bytes) -> dict[str, Any]:
    """The object; empty for everything else, such as an HTML page from Google's front end."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
