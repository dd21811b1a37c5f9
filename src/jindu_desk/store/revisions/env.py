"""Alembic's entry: it runs on the connection that `store.migrations` hands it."""

from alembic import context

from jindu_desk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
