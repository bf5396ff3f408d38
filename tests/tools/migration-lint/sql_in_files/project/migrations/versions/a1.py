"""Shop

Create Date: 2026-01-01 10:00:00
"""

import os

from alembic import op

revision = "a1"
down_revision = None


def run_file(name):
    path = os.path.join(os.path.dirname(__file__), "..", "sql", name)
    with open(path, "r", encoding="utf-8") as file:
        op.execute(file.read())


def upgrade():
    run_file(f"{revision}_up.sql")


def downgrade():
    op.execute("DROP TABLE customers, orders")
