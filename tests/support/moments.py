"""The requests of a pass, the moments around them, and what befalls them, drawn by Hypothesis."""

from hypothesis import strategies as st

from sync.local_sheets import Fault

READ, LEAN_READ, WRITE = "spreadsheets.get", "spreadsheets.values.batchGet", "spreadsheets.batchUpdate"

methods = st.sampled_from([READ, LEAN_READ, WRITE])
times = st.sampled_from([1, 2, 5])
faults = st.one_of(
    st.builds(
        Fault,
        kind=st.sampled_from(["error", "html", "garbled", "truncated", "reset"]),
        applied=st.sampled_from(["never", "first"]),
        method=methods,
        skip=st.integers(0, 1),
        times=times,
    ),
    # What Google refuses it has not carried out.
    st.builds(Fault, kind=st.just("error"), status=st.sampled_from([429, 403, 401]), method=methods, times=times),
)

moments = st.tuples(
    st.sampled_from(["before", "after"]), st.sampled_from([WRITE, WRITE, READ, LEAN_READ]), st.sampled_from([0, 0, 1])
)
