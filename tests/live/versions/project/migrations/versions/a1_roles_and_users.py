"""Roles and users."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "a1"
down_revision = None


def upgrade():
    op.create_table(
        "roles",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("rank", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("name", name="roles_pkey"),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("email", sa.String(320), nullable=False, unique=True),
        sa.Column("role", sa.String(20)),
        sa.Column(
            "state", sa.Enum("new", "active", name="state"), nullable=False, server_default="new"
        ),
        sa.Column("tags", postgresql.ARRAY(sa.Text)),
        sa.Column("made", sa.DateTime(timezone=True), server_default=sa.func.now()),
    )


def downgrade():
    op.drop_table("users")
    op.drop_table("roles")
    op.execute("DROP TYPE state")
