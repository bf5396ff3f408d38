from alembic import context
from sqlalchemy import engine_from_config

with engine_from_config({}).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
