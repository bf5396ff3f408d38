"""Create users and orders"""

import sqlalchemy as sa
from alembic import op

revision = "246d5089d3f2"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users ON DELETE SET NULL)")
    op.execute("CREATE TABLE lines (id int, order_id int REFERENCES orders)")
