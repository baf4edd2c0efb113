"""What can be wrong in a configuration, as a value, and every sentence about it.

The models say which; whoever talks to people says it in their language.
"""

from sync.domain.languages import N_, Language
from sync.domain.redaction import redacted
from sync.translations import told


class Fault(ValueError):
    """One thing to mend. `facts` fill the sentence of `code`; faults among them are told as part of it."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.told("en"))

    def told(self, language: Language) -> str:
        """The sentence, without secrets that somebody may have put in a wrong place."""
        facts = {name: _said(fact, language) for name, fact in self.facts.items()}
        return redacted(told(TEXTS[self.code], language, **facts))


def by_pydantic(kind: str, message: str, facts: dict[str, object]) -> Fault:
    """What pydantic refuses by itself, told as it tells it, and translated where we know how."""
    return Fault(kind if kind in TEXTS else "other", message=message, **facts)


def _said(fact: object, language: Language) -> object:
    if isinstance(fact, Fault):
        return fact.told(language)
    if isinstance(fact, tuple):
        return "; ".join(str(_said(each, language)) for each in fact)
    return fact


TEXTS: dict[str, str] = {
    # The file
    "no-file": N_("there is no such file; copy config.example.toml to begin"),
    "unreadable": N_("cannot be read: {why}"),
    "not-utf8": N_("is saved as {encoding}, not as UTF-8{place}: save it anew, in Notepad by File → Save as → Encoding: UTF-8"),
    "in-line": N_(" (line {number})"),
    "code-page": N_("an old code page such as windows-1258"),
    "not-toml": N_("is not valid TOML {place}: “{why}”"),
    "at-place": N_("in line {line}, column {column}"),
    "at-end": N_("at its end"),
    "curly-quotes": N_("line {line} has curly quotes, which TOML does not know; write it with straight ones: {mended}"),
    "invisible": N_("line {line} has characters that cannot be seen, as web pages and chats have them; write it anew: {mended}"),
    "decimal-comma": N_("line {line} has a number with a comma; write a point: {mended}"),
    "backslash": N_("line {line} has a backslash, which means something else between double quotes; write the path between single ones: {mended}"),
    "bare-key": N_("line {line} has a name with letters or spaces that TOML takes only between quotes; write it so: {mended}"),
    "zero": N_("{value!r} holds a character \\u0000, which no name, path or address may have; take it out"),
    "header-twice": N_("[{name}] stands twice; each of several is written with two brackets: [[{name}]]"),
    # Several companies
    "no-companies": N_("holds no configuration; there must be one file for each company, such as acme.toml"),
    "no-company-name": N_("“{name}” cannot be the name of a company; name the file in a–z, 0–9 and “-”, 63 at most, such as acme.toml"),
    "of-another": N_("is that of {file} too, and each company has its own"),
    "spreadsheets-of-another": N_("{ids}: in {file} too; a spreadsheet belongs to one company"),
    "not-as-others": N_("{file} says {value}; all companies of a folder have one page server, so say the same in each"),
    # Rules
    "nearest-rule": N_("“{given}” is no rule that can be switched off; did you mean “{rule}”?"),
    "unknown-rule": N_("“{given}” is no rule that can be switched off; these are: {rules}"),
    # Keys
    "nearest": N_("is not known; did you mean “{key}”?"),
    "unknown": N_("is not known; known here: {keys}"),
    "missing": N_("is missing"),
    "too_short": N_("must hold at least one"),
    "given": N_("{fault} (given: {given!r})"),
    "several": N_("{faults}"),
    "one-bracket": N_("there may be several of these: write [[{name}]], with two brackets on each side"),
    "two-brackets": N_("there is one of these only: write [{name}], with one bracket on each side"),
    "not-a-time": N_('{value!r} is not a time; write it as "30s", "5m" or "1h", in seconds, minutes or hours'),
    "time-without-unit": N_('{value} may be seconds or minutes; write "{value}s" or "{value}m"'),
    "time-out-of-range": N_('{value} is too short or too long; write a time from "1s" to "{most}"'),
    "a-number": N_("{fault}; write {meant}, without quotes"),
    "a-share": N_("{fault}; 1 is everything, and {given} % is written {meant}"),
    # Google, spreadsheets, bands
    "key-pasted": N_("is the content of a key file; save it as a file and name that"),
    "not-a-name": N_("{value!r} is no name such as “two”: write small letters, digits, - and _, 50 at most"),
    "identity-twice": N_("{names} is named twice; give each [[google.identity]] a name of its own"),
    "credentials-and-identities": N_("take either credentials in [google] or [[google.identity]], not both"),
    "no-such-identity": N_("identity = {value!r} names no [[google.identity]]; there are: {names}"),
    "not-an-endpoint": N_("{value!r} is not an address such as http://127.0.0.1:8001"),
    "not-an-id": N_("{value!r} is neither an ID nor the address of a spreadsheet"),
    "listed-twice": N_("spreadsheet {ids} is listed twice; put all its tabs under one [[spreadsheet]]"),
    "bands": N_("must be at_risk ≤ on_track ≤ done, and they are {at_risk}, {on_track} and {done}"),
    "pace": N_("far_behind must be at least behind, and they are {far_behind} and {behind}"),
    "mapped-twice": N_("the tab {title!r} is mapped twice in the same way; take one of the two [[spreadsheet.tab]] out"),
    # Periods
    "not-a-day": N_("{value!r} is not a day; write it as 2026-10-01: year, month, day"),
    "days-without-unit": N_('{value} is a number without its unit; write "{value}d" for days'),
    "not-days": N_('{value!r} is not a number of days; write it as "14d"'),
    "ends-before": N_("ends on {last}, before it begins on {first}"),
    "period-twice": N_("the period “{name}” is named twice; each name belongs to one [[period]]"),
    "which-year": N_('a year that begins in month {month} has parts in two calendar years: add fiscal_year_named = "start" or "end", by which of them it is called'),
    "not-a-zone": N_('{value!r} is not a time zone such as "Asia/Ho_Chi_Minh"'),
    # People
    "person-twice": N_("{names} are one person with two addresses; leave one of them"),
    # Tabs
    "not-a-pattern": N_("{value!r} is no regular expression: {why}"),
    "not-a-language": N_("{value!r} is not a language of numbers such as vi_VN or en_US"),
    "not-a-column": N_("{value!r} is not a column such as B or AC"),
    "not-a-cell": N_("{value!r} is not a cell such as B2"),
    "one-place": N_("name exactly one of header, column, cell, label, value, tab_title, field, check_in, join"),
    "with-header": N_("under, nth and pick go with header"),
    "sum-of-numbers": N_('pick = "sum" adds up numbers, such as those of current'),
    "rows-of-log": N_('rows is for key results on several rows; what a log says is added up by pick = "sum"'),
    "log-for-current": N_("check_in goes with current, and not within join"),
    "no-place-for-item": N_("repeat has nothing to fill: write {{}} where the items differ, as in text = \"KR {{}}\""),
    "with-header-or-label": N_("optional goes with header or label"),
    "with-column": N_("above and line go with header or column, without pick"),
    "with-join": N_("separator goes with join"),
    "without-each": N_("line = true goes with each, and not with the text itself or a condition"),
    "a-column": N_("what we write goes to a column: name its header or letter, without pattern, pick, above or line"),
    "one-each": N_("each of score, band, pace, message and checked needs a column of its own"),
    "own-words": N_("a condition cannot ask for what we write ourselves"),
    "one-test": N_("name exactly one of is, matches, blank, fill"),
    "not-a-colour": N_('{value!r} is no colour such as "#f9cb9c", and not "none"'),
    "no-colour": N_("fill looks at a cell: name its header, column or cell"),
    "no-such-field": N_("field = {value!r} names no other field here; there are: {names}"),
    "no-such-metric": N_("{value!r} is not one of {names}"),
    "never-both": N_("a column is either a source of numbers or a column of ours, never both"),
    "no-text": N_("names no text; without one it needs the id of objectives that are read elsewhere, to add to them"),
    "says-nothing": N_("says nothing of objective, key_result, check_in, initiative, review, recognition, feedback, coaching or person"),
    "no-record": N_("skip and until belong to no record, so they cannot use field"),
    # The page
    "not-a-host": N_("{value!r} is not a name such as okr.example.com, without https:// and without a port"),
    "not-an-e-mail": N_("{value!r} is not an e-mail address"),
    "not-a-domain": N_("{value!r} is not a domain such as example.com, without @"),
    "not-https": N_("{value!r} is not an address that begins with https://"),
    "not-a-path": N_('{value!r} is not a path such as "/okr"; write letters, digits, "-", "_", "." and "~" after each "/"'),
    "two-paths": N_("take either path or path_from_proxy, not both"),
    "no-proxy": N_("path_from_proxy believes a proxy: say in proxies how many of yours stand in front"),
    "two-sign-ins": N_("take either [page.sign_in] or [page.iap], not both"),
    "no-readers": N_("[page.sign_in] lets nobody in: name domains, addresses or groups in [page.readers]"),
    "open-and-closed": N_("open = true lets everybody in; take it out, or the sign-in"),
    "readers-of-nothing": N_("readers and token mean nothing without [page.sign_in] or [page.iap]"),
    "reached-by-all": N_("host {host} can be reached from other machines: add [page.sign_in] or [page.iap], or open = true where everybody may read"),
    "nameless": N_('host {host} can be reached from other machines: say under which names in trusted_hosts, such as ["okr.example.com"]'),
    "not-a-page-address": N_("{value!r} is not an address such as https://okr.example.com"),
    # Notices
    "address-pasted": N_('an address is a secret: put it alone into a file, chmod 600, and write {{ file = "chat.url" }}, or {{ env = "OKR_CHAT" }} for a variable'),
    "one-address": N_('name either a file, as in {{ file = "chat.url" }}, or a variable, as in {{ env = "OKR_CHAT" }}'),
    "not-a-timetable": N_('{value!r} is not a time such as "mon 08:00", "daily 17:00" or "month 1 09:00"'),
    "not-quiet-hours": N_('{value!r} is not hours such as "20:00-07:00"'),
    "people-of-what": N_('with to_people every owner hears of their own key results: write what = "check_in"'),
    "one-name": N_("two files are called {name}, and rooms are told apart by that name; rename one of them"),
    "no-apprise": N_('needs what sends the messages: run pip install "okr-sheets[notify]"'),
    # What pydantic refuses by itself
    "other": N_("{message}"),
    "string_type": N_("Input should be a valid string"),
    "path_type": N_("Input is not a valid path"),
    "bool_type": N_("Input should be a valid boolean"),
    "bool_parsing": N_("Input should be a valid boolean, unable to interpret input"),
    "int_type": N_("Input should be a valid integer"),
    "int_parsing": N_("Input should be a valid integer, unable to parse string as an integer"),
    "int_from_float": N_("Input should be a valid integer, got a number with a fractional part"),
    "float_type": N_("Input should be a valid number"),
    "float_parsing": N_("Input should be a valid number, unable to parse string as a number"),
    "decimal_type": N_("Decimal input should be an integer, float, string or Decimal object"),
    "decimal_parsing": N_("Input should be a valid decimal"),
    "finite_number": N_("Input should be a finite number"),
    "greater_than": N_("Input should be greater than {gt}"),
    "greater_than_equal": N_("Input should be greater than or equal to {ge}"),
    "less_than_equal": N_("Input should be less than or equal to {le}"),
    "literal_error": N_("Input should be {expected}"),
    "enum": N_("Input should be {expected}"),
    "string_too_short": N_("must not be empty"),
    "tuple_type": N_("must be a list in [ ]"),
    "dict_type": N_("must be a table in {{ }}"),
    "model_type": N_("must be a table in {{ }}"),
}  # fmt: skip
