"""Index and drop

Create Date: 2026-01-02 10:00:00
"""

from pathlib import Path

from alembic import op

revision = "b2"
down_revision = "a1"

UP = Path(__file__).with_suffix(".sql")


def upgrade():
    op.execute(UP.read_text())


def downgrade():
    op.execute((Path(__file__).parent / "b2_down.sql").read_text())
