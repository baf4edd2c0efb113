"""How the promises of docs/reliability.md are kept under faults, kills and long runs; each has its named tests.

okrs         the sheet that all of it is tried on, and when it is right
cases        every request of a pass × everything that can befall it
matrix       what comes of every case
processes    the command line in processes that may end at a chosen call
kills        a process killed in a pass, and what the next ones make of it
soak         thousands of passes in one process
"""
