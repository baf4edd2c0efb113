"""How soon a spreadsheet is looked at again. People edit in bursts: what has just changed changes again. Pure policy.

    last change           next look
    never seen            after `every`
    up to 5 minutes ago   after 20 seconds
    longer ago            after a fifteenth of that time, up to `every`

With Drive's change feed, one in which nothing happened for an hour is left to the feed, and looked at once an hour.

So one that was quiet for long is looked at every `every`, and none is ever left alone for longer than that. Where the
intervals need half of the quota or more, a little sooner, so that they do not all fall due together.
"""

from collections.abc import Iterable

# Seconds between two looks while people are at it, and how long after a change they are taken to be.
SOON = 20.0
BURST = 300.0

# Seconds without a change from which on a spreadsheet is left to the feed, and to the next look then.
STILL = 3600.0
SWEEP = 3600.0
# A browser's edit comes into the feed after 3 minutes, and is asked for once a minute: who wants to know sooner, looks.
FEED_DELAY = 300.0


# From this share of the quota on, which the intervals alone need, looks are spread.
CROWDED = 0.5


def crowding(intervals: Iterable[float], per_minute: int) -> float:
    """The share of so many reads a minute that these intervals in seconds need."""
    return sum(60 / every for every in intervals) / per_minute


def spread(every: float, crowded: float) -> float:
    """Seconds after which a spreadsheet may be looked at, where there is room, though its interval is not over.

    After a start all are due at once, are read as fast as the quota allows, and so fall due again at that pace: until
    the round is over nothing is left for those that people are in. What is looked at a little early where there is room
    is not due when there is none.
    """
    return every * min(crowded, 1.0) if crowded >= CROWDED else every


def people_are_at_it(quiet: float) -> bool:
    """Whether the next look will rather find a change than not."""
    return quiet < BURST


def seconds_to_next_look(every: float, quiet: float) -> float:
    """Seconds from the end of one look to the next, if there is room for it; `every` at most.

    `quiet` are the seconds since people were last seen to have changed something, infinite where they never were.
    """
    return min(every, max(SOON, SOON * quiet / BURST))


def may_be_left_to_the_feed(every: float, quiet: float) -> bool:
    """Whether a feed that works tells of edits early enough; `quiet` are the seconds since anything happened."""
    return every >= FEED_DELAY and quiet >= STILL


def urgency(waited: float, wanted: float) -> float:
    """Which of several looks beyond those at `every` comes first: the greatest.

    Seconds `waited` since the last look, in shares of those that were `wanted`: the look that would most likely find
    something, because both how often a spreadsheet changes and how long nobody looked are in it.
    """
    return waited / wanted
