"""The picture of the alignment."""
