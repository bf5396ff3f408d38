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
    if op.get_bind().dialect.has_table(op.get_bind(), "baskets"):
        op.drop_table("baskets")
        # destructive: approved at the end of a block, where nothing follows
    else:
        op.drop_table("wishes")
    try:
        op.drop_table("ratings")
    except Exception:  # destructive: approved this is the handler's
        pass
    # destructive: approved below all statements


def downgrade() -> None:
    # destructive: approved a tag in downgrade() says nothing about upgrade()
    op.drop_index("ix_customers_email")
