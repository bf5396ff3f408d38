"""Give users a mood and a state"""

import sqlalchemy as sa
from alembic import op

revision = "9e9770e9505f"
down_revision = "a1fd68b340f0"


def upgrade() -> None:
    op.add_column("users", sa.Column("mood", sa.Enum("sad", "ok", name="mood")))
    op.alter_column("users", "state", type_=sa.Enum("new", "old", name="user_state"), postgresql_using="state::user_state")
