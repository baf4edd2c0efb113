"""The probe: does Google behave as our write-back relies on? Every fact is tried on the real API, in a tab of our own.

Its table is meant for an issue, so it speaks English whoever runs it. It reads no cell of another tab.

scratch     a tab of our own, the requests that facts make of it, and how long they take
fact        what a fact is, and what was seen of it
reading     facts about what reads show
writing     facts about what writes do, and what their answers show
refusals    facts about what Google refuses, and in which words
moving      facts about rows, columns and tabs that people move
marking     facts about marks on rows, which could guard a write
entering    facts about texts and numbers in the sheet's locale
limits      facts about time and quota
changing    facts about Drive's change feed
probing     every fact, one after the other, and the tab taken away again
table       what was seen, as Markdown
"""

from sync.doctor.probe.changing import feed_facts
from sync.doctor.probe.fact import Fact, Result
from sync.doctor.probe.probing import QUOTA_FACTS, SAFE_FACTS, TabLeftError, probe
from sync.doctor.probe.table import as_markdown

__all__ = ["QUOTA_FACTS", "SAFE_FACTS", "Fact", "Result", "TabLeftError", "as_markdown", "feed_facts", "probe"]
