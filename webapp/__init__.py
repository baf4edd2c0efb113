"""The alignment page, from the records alone. It never talks to Google and stands when Google does not.

Read-only, but that a hook, or a reader, may ask for a spreadsheet to be read now.

Its rooms; those further down use those further up:

    reader        one reader: language, words, formats of numbers
    company       all snapshots together, linked and checked; no request, no language
    parts         views of single things that several pages show
    pages         one model for each page
    map           the picture of the alignment
    exports       what scripts, chat rooms and mailboxes get
    web           the request side: routes, answers, errors, the server
    sign_in       who reads, where that is asked
    security      headers, safe texts, safe addresses
    static        style, scripts, the schema of alignment.json
    translations  Vietnamese
    desk          the mapping desk: an application of its own, for the admin
"""

from pathlib import Path


def templates_folder() -> Path:
    """The Jinja templates: inside the package where it is installed from a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    installed = here / "templates"
    return installed if installed.is_dir() else here.parent / "templates"
