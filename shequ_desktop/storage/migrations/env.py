"""Runs Alembic's steps inside the transaction that `upgrading` opened."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None, transactional_ddl=True, transaction_per_migration=False)
context.run_migrations()
