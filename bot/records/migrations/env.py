"""How Alembic reaches the tables: over the transaction it is handed, so that a migration is all or nothing."""

from alembic import context

from bot.records.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,  # SQLite changes a table only by copying it
)
context.run_migrations()
