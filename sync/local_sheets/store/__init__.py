"""The durable folder: spreadsheets as files, every change as JSON, who changed what."""
