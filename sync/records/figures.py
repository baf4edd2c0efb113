"""Numbers kept for /metrics, whichever process counted them, and the version of what is shown."""

from sqlalchemy import Connection, Update, bindparam, insert, select, update

from sync.records.tables import figure

_THIS = update(figure).where(figure.c.name == bindparam("this"), figure.c.label == bindparam("of"))
_GROWN = _THIS.values(value=figure.c.value + bindparam("amount"))
_SET = _THIS.values(value=bindparam("amount"))
_NEW = insert(figure)


def add(connection: Connection, name: str, label: str, amount: float) -> None:
    """Let a figure grow."""
    _keep(connection, _GROWN, name, label, amount)


def put(connection: Connection, name: str, label: str, amount: float) -> None:
    """Set a figure that goes up and down."""
    _keep(connection, _SET, name, label, amount)


def _keep(connection: Connection, changed: Update, name: str, label: str, amount: float) -> None:
    if connection.execute(changed, {"this": name, "of": label, "amount": amount}).rowcount == 0:
        connection.execute(_NEW, {"name": name, "label": label, "value": amount})


def value(connection: Connection, name: str, label: str = "") -> float:
    """A figure as it stands; 0 before it was first counted."""
    return connection.scalar(select(figure.c.value).where(figure.c.name == name, figure.c.label == label)) or 0.0


def everything(connection: Connection) -> dict[tuple[str, str], float]:
    """All figures by name and label."""
    return {(row.name, row.label): row.value for row in connection.execute(select(figure)).all()}
