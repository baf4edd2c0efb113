"""A port for a server that cannot be asked which one it took."""

import socket


def free_port() -> int:
    """Nobody listens on it now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port
