"""Longer names, a key and what else the models have. Its downgrade leaves a comment behind."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "b2"
down_revision = "a1"


def upgrade():
    op.alter_column("roles", "name", existing_type=sa.String(20), type_=sa.String(40))
    op.alter_column("users", "role", existing_type=sa.String(20), type_=sa.String(40))
    op.create_foreign_key(
        "users_role_fkey", "users", "roles", ["role"], ["name"], ondelete="CASCADE"
    )
    op.create_check_constraint("users_email_check", "users", "char_length(email) > 2")
    op.add_column(
        "users", sa.Column("document", postgresql.JSONB(), server_default=sa.text("'{}'"))
    )
    op.alter_column(
        "roles",
        "rank",
        existing_type=sa.Integer,
        existing_nullable=False,
        existing_server_default=sa.text("0"),
        comment="low is first",
    )


def downgrade():
    op.drop_column("users", "document")
    op.drop_constraint("users_email_check", "users", type_="check")
    op.drop_constraint("users_role_fkey", "users", type_="foreignkey")
    op.alter_column("users", "role", existing_type=sa.String(40), type_=sa.String(20))
    op.alter_column("roles", "name", existing_type=sa.String(40), type_=sa.String(20))
