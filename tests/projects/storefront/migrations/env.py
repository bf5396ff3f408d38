import os
from logging.config import fileConfig

from alembic import context
from sqlalchemy import create_engine, make_url, pool

from app.models import Base

config = context.config
if config.config_file_name is not None:
    fileConfig(config.config_file_name, disable_existing_loggers=False)

target_metadata = Base.metadata

# Written by the runner of the seed scripts; no model stands for it.
UNMANAGED_TABLES = {"seed_versions"}


def database_url():
    dsn = os.environ.get("GAUGER_PG_DSN")
    if not dsn:
        raise SystemExit("set GAUGER_PG_DSN to the database, as in postgresql://user@host/storefront")
    return make_url(dsn).set(drivername="postgresql+psycopg")


def include_name(name, type_, parent_names):
    return not (type_ == "table" and name in UNMANAGED_TABLES)


options = {
    "target_metadata": target_metadata,
    "include_name": include_name,
    "compare_type": True,
    "compare_server_default": True,
    "transaction_per_migration": True,
}


def run_migrations_offline() -> None:
    context.configure(
        url=database_url(), literal_binds=True, dialect_opts={"paramstyle": "named"}, **options
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations_online() -> None:
    engine = create_engine(database_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_migrations_offline()
else:
    run_migrations_online()
