"""A tag on the call of a helper."""

from alembic import op

revision = "5ca5a87c849b"
down_revision = "4385d9005953"


def drop_contacts(columns):
    for column in columns:
        op.drop_column("customers", column)


def upgrade() -> None:
    op.create_index("ix_customers_city", "customers", ["city"])
    drop_contacts(["aim", "msn"])  # destructive: approved contacts are in the CRM
