"""A tag in a helper covers what comes from there."""

from alembic import op

revision = "4385d9005953"
down_revision = "023a941d5991"


def drop_contacts(columns):
    for column in columns:
        # destructive: approved contacts are in the CRM
        op.drop_column("customers", column)


def upgrade() -> None:
    drop_contacts(["skype", "icq"])
    op.create_index("ix_customers_phone", "customers", ["phone"])
