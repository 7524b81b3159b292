"""Alembic's entry: runs the migrations on the database that the caller names."""

from alembic import context
from sqlalchemy import create_engine

from laurels.stores.tables import metadata

engine = create_engine(context.config.attributes["url"])
with engine.begin() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
engine.dispose()
