"""a1

Revision ID: a1
Revises: 
Create Date: 2024-01-01 10:00:00
"""
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade() -> None:
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("age", sa.Integer()), sa.Column("name", sa.Text()), sa.Column("nick", sa.Text()))


def downgrade() -> None:
    pass
