"""The worker: passes at each spreadsheet's own interval, on `schedule`, until it is told to stop.

A few passers take what is due from one queue. What a pass does is not decided here.

worker      begins and ends, and forgets what left the configuration
turns       whose turn it is: asked for, due at its interval, or where people are editing; as fast as the quota allows
attention   how soon a spreadsheet is looked at again
requests    who asked for a look: hooks and people, through the records
feed        what Drive's change feed tells, and how far it can be relied on
planner     which pass is made next, and what a pass that ended means for the next
pass_maker  one thread's hands: makes the pass that is ordered
passer      one thread: a turn after the other
accounts    whom we sign in as, each with a queue of its own; which spreadsheet is whose
counting    where the requests of each account are counted
jobs/       passes that several machines share
identity    one of those, anew when the key file was replaced
"""

from sync.engine.counting import ProcessQuotas
from sync.engine.pass_maker import Watcher
from sync.engine.turns import LONGEST_NAP
from sync.engine.worker import Worker

__all__ = ["LONGEST_NAP", "ProcessQuotas", "Watcher", "Worker"]
