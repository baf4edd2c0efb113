"""okr-sheets: reads OKRs from Google Sheets, scores them, and writes the scores back.

The rooms, and who may import whom (`tests/test_layering.py` holds it):

    cli -> worker -> sync_pass -> reading, brakes, checks, scoring, writing -> alignment, grid -> okr, problems
                         |-> sheets        the only room that knows gspread and google.auth
                         `-> records       the only room that knows SQLAlchemy
    cli, doctor -> pace                    whether the quota allows the intervals
    cli -> doctor, probe                   what is in the way; whether Google behaves as we rely on
    cli -> webapp                          the command line is the one place that puts both halves together
    local_sheets                           imports nothing of the rest: it is what the rest is tested against

Everything between reading and writing is pure: no network, no disk, no clock.
"""
