git init --quiet --initial-branch=main
git add --all
git commit --quiet --message=main
git switch --quiet --create feature
cat > migrations/versions/z_first.py <<'END'
"""c1

Revision ID: c1
Revises: b2
Create Date: 2024-01-03 10:00:00
"""
from alembic import op

revision = "c1"
down_revision = "b2"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
cat > migrations/versions/a_second.py <<'END'
"""c2

Revision ID: c2
Revises: b2
Create Date: 2024-01-04 10:00:00
"""
from alembic import op

revision = "c2"
down_revision = "b2"


def upgrade() -> None:
    op.create_table('t')


def downgrade() -> None:
    pass
END
cat > migrations/versions/m_merge.py <<'END'
"""c9

Revision ID: c9
Revises: c1, c2
Create Date: 2024-01-06 10:00:00
"""
from alembic import op

revision = "c9"
down_revision = ("c1", "c2")


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
