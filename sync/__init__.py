"""okr-sheets: reads OKRs from Google Sheets, scores them, and writes the scores back.

The rooms in the order in which data goes; each may use those above it, as `tests/test_layering.py` says and holds:

    domain        values and OKR policy: cells, objectives, alignment, scores, rules, problems
    translations  every sentence for people in their language
    clock         what time it is, and waiting
    config        the TOML file: settings, the mapping language, faults
    reading       a grid and a mapping → OKRs and problems
    inspect       proposes a mapping
    google        the one road to Google, the only room that knows gspread and google.auth
    records       the database, the only room that knows SQLAlchemy
    passes        one pass over one spreadsheet
    engine        which pass is made when
    notices       messages to chat rooms and mailboxes, the only room that knows Apprise
    doctor        what is in the way, remedies, the probe
    cli           the commands and what they log; puts both halves together
    demo          the sample company
    grid          a tab on the screen: scripts and style for every page that has a grid
    local_sheets  Google's protocol on this machine: what the rest is tested against; shares only the grid with it

Everything between reading and writing is pure: no network, no disk, no clock.

The terms of the house:

    period         the time an OKR is for; owner: the person who answers for it; unit: the team it belongs to
    pass           one look at one spreadsheet: read, compute, write what changed, verify, record
    owned column   a score column that we have written into, or were allowed to
    baseline       the sheet as it was read before a write
    pending write  a write in the journal whose answer was not seen
    slot           what we write for an objective or key result, by name: its score, or one of its words
    verified       a write whose answer shows every number and text where it belongs
    masked cell    a cell whose own value something of ours covers for the moment
    backoff        the pause after a failure that a person must mend
"""
