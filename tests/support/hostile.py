"""Texts that would be markup, formulas or scripts somewhere."""

from sync.domain.okr import Amount, CheckIn, Initiative
from sync.domain.problems import problem
from sync.domain.snapshot import Snapshot
from tests.webapp.companies import cell, key_result, objective, snapshot

MARKUP = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"


HOSTILE = {
    "script": MARKUP,
    "attribute": "\" onmouseover=\"document.title='taken'\" x='' y=",
    "link": "javascript:document.title='taken'",
    "svg": "<svg onload=document.title='taken'><a xlink:href=\"javascript:1\">x</a></svg>",
    "template": "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} %(name)s %s",
    "comment": "--><!--freshness--><!-- ]]> </title></textarea></style>",
    "bidi": "\u202egnp.exe\u2066\u2069\u200e\x00\x1b[31m\x85",
    "long": "x" * 50_000,
    "words": "Ă " * 25_000,
    "formula": '=HYPERLINK("https://evil.example";"x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "lines": "a\r\n=1+1\t;,\"'",
    "wide": "\uff1d1+1",
}


def hostile_company(text: str) -> Snapshot:
    """A company that holds this text wherever a sheet can hold one."""
    amount = Amount(None, text, fault="not-a-number")
    spot = cell(1, tab=text)
    kr = key_result("k", "o", id=text, text=text, owner=text + "2", measure=text, confidence=text, cell=spot)
    return snapshot(
        [
            objective(
                "o", id=text, text=text, owner=text, unit=text, period=text, cell=spot, parent=text, related=(text,)
            ),
            objective("p", 7, id=text + "p", text=text + "p", parent="o", unit=text + "p"),
        ],
        [
            kr,
            key_result("a", "o", 3, start=amount, current=amount, target=amount),
            key_result("stray", "", 5, text=text),
        ],
        title=text,
        url=text,
        problems=(problem("not-a-number", spot, text=text, field=text, example=text),),
        check_ins=(
            CheckIn(key_result="Key result a", cell=spot, date=text, comment=text, author=text, confidence=text),
        ),
        initiatives=(Initiative(text=text, id=text, cell=spot, key_results=("Key result a",), due=text, status=text),),
    )
