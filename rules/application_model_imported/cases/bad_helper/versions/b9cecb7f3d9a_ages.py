"""Ages"""

from alembic import op
from sqlalchemy import orm

revision = "b9cecb7f3d9a"
down_revision = "9f08e530c93c"


def fill() -> None:
    from app.db import models as db_models

    session = orm.Session(bind=op.get_bind())
    for user in session.query(db_models.User).all():
        user.age = 1
    session.commit()


def upgrade() -> None:
    fill()
