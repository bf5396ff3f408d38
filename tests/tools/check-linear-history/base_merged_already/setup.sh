git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/d4_mine.py <<'END'
"""d4

Revision ID: d4
Revises: a1
Create Date: 2024-01-03 10:00:00
"""
from alembic import op

revision = "d4"
down_revision = "a1"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
git add --all
git commit --quiet --message=mine
git switch --quiet main
cat > migrations/versions/c3_theirs.py <<'END'
"""c3

Revision ID: c3
Revises: a1
Create Date: 2024-01-15 10:00:00
"""
from alembic import op

revision = "c3"
down_revision = "a1"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
git add --all
git commit --quiet --message=theirs
git switch --quiet --detach
git merge --quiet --message=merged feature
git update-ref refs/remotes/origin/main main
