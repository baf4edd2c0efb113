"""One pass over one spreadsheet: read, compute, brake, plan, write, verify, repair, record."""
