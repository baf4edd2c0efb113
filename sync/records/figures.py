"""Numbers kept for /metrics, whichever process counted them, and the version of what is shown."""

from sqlalchemy import Connection, Update, bindparam, select, text, update

from sync.records.tables import figure

_THIS = update(figure).where(figure.c.name == bindparam("this"), figure.c.label == bindparam("of"))
_GROWN = _THIS.values(value=figure.c.value + bindparam("amount"))
_SET = _THIS.values(value=bindparam("amount"))
# Both databases know this sentence, and SQLAlchemy has no common one for it.
_NEW = text("INSERT INTO figure (name, label, value) VALUES (:this, :of, 0) ON CONFLICT DO NOTHING")


def add(connection: Connection, name: str, label: str, amount: float) -> None:
    """Let a figure grow."""
    _keep(connection, _GROWN, name, label, amount)


def put(connection: Connection, name: str, label: str, amount: float) -> None:
    """Set a figure that goes up and down."""
    _keep(connection, _SET, name, label, amount)


def _keep(connection: Connection, changed: Update, name: str, label: str, amount: float) -> None:
    this = {"this": name, "of": label}
    if connection.execute(changed, this | {"amount": amount}).rowcount == 0:
        # Another passer or machine may begin to count the same at this moment.
        connection.execute(_NEW, this)
        connection.execute(changed, this | {"amount": amount})


def value(connection: Connection, name: str, label: str = "") -> float:
    """A figure as it stands; 0 before it was first counted."""
    return connection.scalar(select(figure.c.value).where(figure.c.name == name, figure.c.label == label)) or 0.0


def everything(connection: Connection) -> dict[tuple[str, str], float]:
    """All figures by name and label."""
    return {(row.name, row.label): row.value for row in connection.execute(select(figure)).all()}
