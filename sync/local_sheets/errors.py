"""Refusals in Google's own words: status code, status name, message, details.

Each function builds one `ApiError`; the WSGI app turns it into the JSON envelope. What is wrong with a request
is known where it is raised; this room only holds the wording that several places share.
"""

from __future__ import annotations

from typing import Any

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)


class ApiError(Exception):
    """An answer other than 200, with what the envelope needs.

    `listed` is what Drive's list of errors says of it: set for what Google's front end finds, before Drive is asked.
    """

    def __init__(self, code: int, message: str, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details or []
        self.headers: dict[str, str] = {}
        self.listed: dict[str, str] = {}

    def envelope(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": STATUS_NAMES.get(self.code, "UNKNOWN"),
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str) -> ApiError:
    return ApiError(400, message)


def violations(found: list[tuple[str, str]]) -> ApiError:
    """What is wrong with a body or a query, as (field, description), all at once."""
    listed = [{"field": field, "description": text} if field else {"description": text} for field, text in found]
    details = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": listed}
    error = ApiError(400, "\n".join(text for _, text in found), [details])
    error.listed = {"reason": "invalid"}
    return error


def unknown_field_path(path: str, mask: str) -> ApiError:
    """A `fields` mask that names what the answer does not have."""
    return bad_mask(mask, f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'.")


def bad_mask(mask: str, text: str) -> ApiError:
    details = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": mask, "description": text}],
    }
    return ApiError(400, "Request contains an invalid argument.", [details])


def not_found() -> ApiError:
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    return ApiError(403, "The caller does not have permission")


def no_credential() -> ApiError:
    error = ApiError(
        403,
        "Method doesn't allow unregistered callers (callers without established identity). "
        "Please use API Key or other form of API consumer identity to call this API.",
    )
    error.listed = {"domain": "global", "reason": "forbidden"}
    return error


_IN_THE_HEADER = {"location": "Authorization", "locationType": "header"}
_EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)


def missing_credential() -> ApiError:
    """What a POST without any is answered, where a GET is answered `no_credential`."""
    error = ApiError(401, f"Request is missing required authentication credential. {_EXPECTED}")
    error.headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/"'
    error.listed = {"message": "Login Required.", "domain": "global", "reason": "required", **_IN_THE_HEADER}
    return error


def bad_token() -> ApiError:
    error = ApiError(401, f"Request had invalid authentication credentials. {_EXPECTED}")
    error.headers["WWW-Authenticate"] = 'Bearer realm="https://accounts.google.com/", error="invalid_token"'
    error.listed = {"message": "Invalid Credentials", "domain": "global", "reason": "authError", **_IN_THE_HEADER}
    return error


def unparsable_range(text: str) -> ApiError:
    return invalid(f"Unable to parse range: {text}")


def outside_grid(where: str, rows: int, columns: int) -> ApiError:
    return invalid(f"Range ({where}) exceeds grid limits. Max rows: {rows}, max columns: {columns}")


class DriveError(ApiError):
    """Drive's envelope: no status name, but a list of errors with reasons; `location` is the parameter at fault."""

    def __init__(self, code: int, reason: str, message: str, location: str = "") -> None:
        super().__init__(code, message)
        self.reason = reason
        self.location = location

    def envelope(self) -> dict[str, Any]:
        item = {"message": self.message, "domain": "global", "reason": self.reason}
        if self.location:
            item |= {"location": self.location, "locationType": "parameter"}
        return {"error": {"code": self.code, "message": self.message, "errors": [item]}}


def unknown_selection(name: str) -> DriveError:
    return DriveError(400, "invalidParameter", f"Invalid field selection {name}", "fields")


def not_downloadable() -> DriveError:
    text = "Only files with binary content can be downloaded. Use Export with Docs Editors files."
    return DriveError(403, "fileNotDownloadable", text, "alt")


def outside_bounds(number: int, most: int) -> DriveError:
    """A page size that Drive does not have."""
    text = f"Invalid value '{number}'. Values must be within the range: [value: 1\n, value: {most}\n]"
    return DriveError(400, "invalidParameter", text, "page_size")


def drive_envelope(error: ApiError) -> dict[str, Any]:
    """Drive lists its errors with reasons, whoever found them; what the front end found has its status too."""
    if isinstance(error, DriveError):
        return error.envelope()
    reasons = {403: "insufficientFilePermissions", 404: "notFound", 500: "internalError"}
    listed = error.listed or {"domain": "global", "reason": reasons.get(error.code, "badRequest")}
    item = {"message": error.message, **listed}
    shown: dict[str, Any] = {"code": error.code, "message": error.message, "errors": [item]}
    found_in_front = error.envelope()["error"] if error.listed else {}
    return {"error": {**shown, **{name: part for name, part in found_in_front.items() if name not in shown}}}
