"""Every sentence for people in their language, by Babel's gettext: problems, faults, remedies, commands, and the page.

English texts are the keys; in the code they are marked by `N_` where they stand in tables. The Vietnamese ones stand in
`vi/messages.po` here and, for the page, in `webapp/translations`. What is said, and when, is decided elsewhere.
"""

from sync.translations.lookup import catalog, gettext, told

__all__ = ["catalog", "gettext", "told"]
