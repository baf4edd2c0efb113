"""One model for each page."""
