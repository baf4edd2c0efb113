"""Texts of others as they may stand in a terminal or a file: what either would obey in them is a blank."""


def printable(text: str) -> str:
    """The text without line ends and control characters, such as those that colour or clear a terminal."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def one_line(text: str) -> str:
    """The same with single blanks between its words."""
    return " ".join(printable(text).split())
