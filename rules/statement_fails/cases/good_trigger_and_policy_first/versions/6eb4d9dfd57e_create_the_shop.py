"""Create the shop"""

import sqlalchemy as sa
from alembic import op

revision = "6eb4d9dfd57e"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("mail", sa.Text(), nullable=False),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("user_id", sa.Integer()),
        sa.Column("status", sa.Text()),
        sa.Column("total", sa.Integer(), nullable=False),
    )
    op.execute("CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$")
    op.execute(
        "CREATE TRIGGER of_status BEFORE UPDATE OF status ON orders FOR EACH ROW EXECUTE FUNCTION note()"
    )
    op.execute(
        "CREATE TRIGGER when_total BEFORE UPDATE ON orders FOR EACH ROW"
        " WHEN (OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION note()"
    )
    op.execute("CREATE POLICY own ON orders USING (user_id = 1)")
