"""Views are packed.

Revision ID: 0008
"""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """A view is packed when it is stored the next time; until then it is read as it stands there.

    What is stored (`snapshot`) may be no JSON from now on: a version that knows nothing else must leave the database
    alone.
    """
