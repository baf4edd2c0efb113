"""Sheets: the one road to Google. The only room that imports gspread and google.auth.

client      the three requests of a pass
http        one request: quota, deadline, retries, one exception
refusals    what Google's refusals mean
feed        which spreadsheets changed lately, by Drive's change feed: a hint
quota       how many requests may still be sent in this minute
quotas      that of each account, within that of its project
shared_quota  requests counted in PostgreSQL, for all machines
key_file    the file that credentials come from
session     credentials, and the session that signs with them
deadline    how long requests may take, and what took the time
wire        where requests go, and how long they may take
answers     what Google answers with, as types
shapes      Google's answers to our values, and our writes to its JSON
"""

from sync.google.client import SheetsClient
from sync.google.errors import CredentialsError, CredentialsFault, SheetsError
from sync.google.feed import ChangeFeed, Hint, Look
from sync.google.key_file import credentials_file, key_state
from sync.google.quota import Quota, share_of
from sync.google.quotas import Quotas
from sync.google.session import Identity

__all__ = [
    "ChangeFeed",
    "CredentialsError",
    "CredentialsFault",
    "Hint",
    "Identity",
    "Look",
    "Quota",
    "Quotas",
    "SheetsClient",
    "SheetsError",
    "credentials_file",
    "key_state",
    "share_of",
]
