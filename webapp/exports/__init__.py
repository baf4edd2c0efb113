"""What scripts, other programs, chat rooms and mailboxes get: JSON, CSV, workbooks, calendars, figures, messages."""
