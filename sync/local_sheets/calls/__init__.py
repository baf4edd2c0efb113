"""One checked request: who calls, who may, what a method is."""
