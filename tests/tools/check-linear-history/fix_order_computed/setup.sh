git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/d4_mine.py <<'END'
"""d4

Revision ID: d4
Revises: c3
Create Date: 2024-01-04 10:00:00
"""
from alembic import op

revision = "d4"
down_revision = "c3"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
cat > migrations/versions/c3_mine.py <<'END'
"""c3

Revision ID: c3
Revises: b2
Create Date: 2024-01-03 10:00:00
"""
from alembic import op

revision = "c3"
(down_revision, x) = ("b2", 1)


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
git add --all
git commit --quiet --message=x
git switch --quiet main
cat > migrations/versions/e5_theirs.py <<'END'
"""e5

Revision ID: e5
Revises: b2
Create Date: 2024-01-05 10:00:00
"""
from alembic import op

revision = "e5"
down_revision = "b2"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
git add --all
git commit --quiet --message=x
git switch --quiet feature
