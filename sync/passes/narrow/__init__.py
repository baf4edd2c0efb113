"""A pass over the few rows that people changed, where nothing else can come of it than what a whole one would find.

The worker keeps what a pass left in memory. A lean read beside it tells which cells changed; where these hold nothing
but values of key results, only their rows are read again and only their objectives scored. All else is for a whole
pass, which is also made once nobody has looked at everything for a while (`unchanged.LOOK_AGAIN`): formats, merges,
protections and formulas elsewhere are seen by it alone. Whoever drops what is kept costs time and nothing else.

kept     what a pass left, kept for the next as long as nobody else makes one
leaving  whether, and with what, a pass may be kept
columns  what each column of a tab is read for
reach    what a change can reach; anything that could reach further is none of ours
patched  the spreadsheet as kept, with a few rows as they are now
part     what those rows come to: read, scored, planned
begin    one such pass up to its plan; `write_back` carries that out like any other
"""
