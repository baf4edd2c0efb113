"""How many examples a property is tried on: a few at every run, many times as many in `make soak`."""

import os

TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))


def examples(usual: int) -> int:
    return usual * TIMES
