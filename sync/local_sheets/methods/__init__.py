"""The methods of Sheets."""
