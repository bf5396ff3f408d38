"""A tag covers its statement."""

from alembic import op

revision = "6f336b97ca23"
down_revision = "2320723df401"


def upgrade() -> None:
    op.create_index("ix_customers_email", "customers", ["email"])
    op.drop_column("customers", "mobile")  # destructive: approved at the end of the line
    # destructive: approved alone above it

    op.drop_table("ratings")

    # destructive: approved above it, with another comment between
    # The column was renamed long ago.
    op.drop_column("customers", "title")
    op.drop_column(
        "customers",
        # destructive: approved inside the call
        "salutation",
    )
    op.drop_column(
        "customers", "suffix"
    )  # destructive: approved behind the bracket
    op.drop_column("customers", "prefix")  # noqa: E501  # destructive: approved behind another comment
