"""Put the tag where it grants nothing."""

from alembic import op

revision = "6f0f3f7ffd43"
down_revision = None


def upgrade() -> None:
    op.create_index("ix_customers_email", "customers", ["email"])  # destructive: approved for the line below
    op.drop_column("customers", "fax")
    note = "# destructive: approved"
    op.execute("DROP TABLE coupons -- # destructive: approved")
    # type-change: approved
    op.drop_column("customers", "telex")
    # destructive: approved only this one
    op.drop_column("customers", "pager")
    op.drop_table("visits")


def downgrade() -> None:
    # destructive: approved a tag in downgrade() says nothing about upgrade()
    op.drop_index("ix_customers_email")
