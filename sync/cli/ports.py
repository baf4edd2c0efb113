"""What to do about a port that is taken."""

from sync.cli.exits import CannotRunError
from sync.cli.system_errors import why
from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.translations import told

_PORT_TAKEN = N_("{port}: {why}; choose another with {option}")
_DEMO_PORT_TAKEN = N_(
    'port {port} or {sheets_port}: {why}; choose others: okr-sheets demo {others}, or make demo DEMO="{others}"'
)
_PAGE_PLACE_TAKEN = N_("{place}: {why}; choose another in [page]")


def port_taken(port: str, error: OSError, option: str) -> CannotRunError:
    """A port that cannot be listened on; another one is named by an option."""
    return CannotRunError(told(_PORT_TAKEN, terminal_language(), port=port, why=why(error), option=option))


def demo_port_taken(port: int, sheets_port: int, error: OSError) -> CannotRunError:
    """One of the demo's two ports; for who began it with make, too."""
    others = f"--port {_another(port)} --sheets-port {_another(sheets_port)}"
    facts = {"port": port, "sheets_port": sheets_port, "why": why(error), "others": others}
    return CannotRunError(told(_DEMO_PORT_TAKEN, terminal_language(), **facts))


def page_place_taken(place: str, error: OSError) -> CannotRunError:
    """The page's host and port."""
    return CannotRunError(told(_PAGE_PLACE_TAKEN, terminal_language(), place=place, why=why(error)))


def _another(port: int) -> int:
    return port + 10 if port < 65_000 else port - 10
