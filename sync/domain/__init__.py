"""The ground floor: values and OKR policy. Imports nothing of ours, no I/O library, no clock."""
