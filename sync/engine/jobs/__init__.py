"""Passes as jobs that several machines share, on Procrastinate and PostgreSQL.

leader      one process decides, and another goes on where it stops
dispatcher  defers a job for each pass that is due, and learns from the records what became of it
runner      makes the passes that are deferred, on each machine; gives up those of a machine that is gone
queue       jobs in the database: deferred, waiting, running, failed

A job is deferred only when it may begin, so few of them wait. Where the leader is, nobody need know: what it goes by
stands in the records. Two passes over one spreadsheet never run at once, for Procrastinate's lock; that a machine which
was held up writes nothing afterwards is seen to by the lease of each pass, as everywhere.
"""
