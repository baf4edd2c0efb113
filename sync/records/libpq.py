"""The database's address for those who speak to PostgreSQL themselves: the jobs, and what counts requests."""

from sqlalchemy import make_url


def libpq_address(url: str) -> str | None:
    """The address as PostgreSQL's own library takes it, with the password in it; None for another kind of database."""
    place = make_url(url)
    if place.get_backend_name() != "postgresql":
        return None
    return place.set(drivername="postgresql").render_as_string(hide_password=False)
