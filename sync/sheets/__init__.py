"""Sheets: the one road to Google. The only room that imports gspread and google.auth.

session     credentials, and where requests go
http        timeouts, retries, one exception
shapes      Google's JSON to our values and back
client      the three requests of a pass
"""

from sync.sheets.client import SheetsClient
from sync.sheets.errors import SheetsError, Trouble

__all__ = ["SheetsClient", "SheetsError", "Trouble"]
