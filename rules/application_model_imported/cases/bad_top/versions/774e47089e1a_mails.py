"""Mails"""

from alembic import op
from app.models import User

revision = "774e47089e1a"
down_revision = "d4953802f90f"


def upgrade() -> None:
    op.execute("UPDATE users SET mail = '' WHERE id = 1")
    print(User)


def downgrade() -> None:
    pass
