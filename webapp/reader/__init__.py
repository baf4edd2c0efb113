"""One reader: the language, the words and the formats of numbers."""
