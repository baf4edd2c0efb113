"""Numbers kept for /metrics, whichever process counted them, and the version of what is shown."""

from sqlalchemy import Connection, insert, select, update

from sync.records.tables import figure


def add(connection: Connection, name: str, label: str, amount: float) -> None:
    """Let a figure grow."""
    this = (figure.c.name == name, figure.c.label == label)
    if connection.execute(update(figure).where(*this).values(value=figure.c.value + amount)).rowcount == 0:
        connection.execute(insert(figure).values(name=name, label=label, value=amount))


def put(connection: Connection, name: str, label: str, amount: float) -> None:
    """Set a figure that goes up and down."""
    this = (figure.c.name == name, figure.c.label == label)
    if connection.execute(update(figure).where(*this).values(value=amount)).rowcount == 0:
        connection.execute(insert(figure).values(name=name, label=label, value=amount))


def value(connection: Connection, name: str, label: str = "") -> float:
    """A figure as it stands; 0 before it was first counted."""
    return connection.scalar(select(figure.c.value).where(figure.c.name == name, figure.c.label == label)) or 0.0


def everything(connection: Connection) -> dict[tuple[str, str], float]:
    """All figures by name and label."""
    return {(row.name, row.label): row.value for row in connection.execute(select(figure)).all()}
