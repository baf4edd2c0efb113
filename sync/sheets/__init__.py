"""Sheets: the one road to Google. The only room that imports gspread and google.auth.

client      the three requests of a pass
http        one request: quota, deadline, retries, one exception
refusals    what Google's refusals mean
quota       how many requests may still be sent in this minute
session     credentials, and the session that signs with them
wire        where requests go, and how long they may take
shapes      Google's JSON to our values and back
"""

from sync.sheets.client import SheetsClient
from sync.sheets.errors import SheetsError, Trouble
from sync.sheets.quota import Quota
from sync.sheets.session import key_state

__all__ = ["Quota", "SheetsClient", "SheetsError", "Trouble", "key_state"]
