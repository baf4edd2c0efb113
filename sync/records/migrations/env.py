"""Runs migrations on the connection that `records.database` hands over; never opens one of its own."""

from alembic import context

from sync.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
