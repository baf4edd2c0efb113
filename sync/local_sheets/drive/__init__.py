"""The part of Drive that clients of Sheets need: files, permissions, queries, exports."""
