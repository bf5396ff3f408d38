"""Begin the accounts branch."""

revision = "a1b2c3d4e5f6"
down_revision = None
branch_labels = ("accounts",)
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
