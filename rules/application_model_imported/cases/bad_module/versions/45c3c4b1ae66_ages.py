"""Ages"""

from alembic import op
from app import models

revision = "45c3c4b1ae66"
down_revision = "f2b7466dc7ec"


def upgrade() -> None:
    op.execute(models.User.__table__.update().where(models.User.id == 1).values(age=1))
