"""What an error page says: what happened and what to do, and nothing of what went on inside. Pure."""

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from webapp.reader.languages import Words
from webapp.sign_in.openid import AccountRefusedError, SignInUnfinishedError


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """Everything that `error.html` prints. `sign_in`: what the link to the sign-in says, "" for none."""

    status: int
    heading: str
    advice: str
    sign_in: str = ""


def error_page(error: HTTPException, words: Words, *, can_sign_in: bool) -> ErrorPage:
    """The page of an error; `can_sign_in` where the page has a sign-in of its own."""
    status = error.code or 500
    heading, advice = _said(error, status, words)
    return ErrorPage(status, heading, advice, _sign_in(error, status, words) if can_sign_in else "")


def _said(error: HTTPException, status: int, words: Words) -> tuple[str, str]:
    gettext = words.gettext
    if isinstance(error, SignInUnfinishedError):
        return gettext("The sign-in was not finished"), gettext(
            "It was cancelled, came too late or was begun elsewhere."
        )
    if isinstance(error, AccountRefusedError) or status == 403:
        return gettext("This account may not read the page"), gettext(
            "Choose the account of your company, or ask whoever runs okr-sheets to let this one in."
        )
    known = {
        401: (gettext("Sign in to read"), gettext("This page is for the people whom your company lets in.")),
        404: (
            gettext("There is nothing here"),
            gettext("The objective may have been removed from its sheet, or the address is mistyped."),
        ),
        405: (gettext("This page can only be read"), ""),
        429: (gettext("Too many at once"), gettext("Please try again in a minute.")),
        503: (gettext("Not now"), gettext("Something that this needs does not answer. Please try again in a moment.")),
    }
    if status in known:
        return known[status]
    if status < 500:
        return gettext("This request could not be understood"), ""
    return gettext("Something went wrong here"), gettext("It has been noted in the log. Please try again in a moment.")


def _sign_in(error: HTTPException, status: int, words: Words) -> str:
    if status == 401:
        return words.gettext("Sign in with Google")
    if status == 403:
        return words.gettext("Choose another account")
    return words.gettext("Begin again") if isinstance(error, SignInUnfinishedError) else ""
