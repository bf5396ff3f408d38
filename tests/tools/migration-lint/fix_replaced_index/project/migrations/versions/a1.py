"""Create users"""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("status", sa.Text()))
    op.create_index("ix_users_status", "users", ["status"])


def downgrade():
    op.drop_table("users")
