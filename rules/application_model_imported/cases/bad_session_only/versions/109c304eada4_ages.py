"""Ages"""

from alembic import op
from sqlalchemy import orm

revision = "109c304eada4"
down_revision = "1d56414c914f"


def upgrade() -> None:
    from app.models import User

    session = orm.Session(bind=op.get_bind())
    for user in session.query(User):
        user.age = 1
    session.commit()
