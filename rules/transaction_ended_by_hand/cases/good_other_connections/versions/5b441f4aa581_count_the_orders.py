"""Count the orders"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

revision = "5b441f4aa581"
down_revision = "2f89ac941644"


def upgrade() -> None:
    with sa.create_engine("postgresql:///other").connect() as other:
        other.execute(sa.text("INSERT INTO log VALUES (1)"))
        other.commit()
    with op.get_bind().engine.connect() as second:
        second.commit()
    with op.get_bind().begin_nested() as savepoint:
        op.execute("UPDATE orders SET total = 0 WHERE id = 1")
        savepoint.commit()
    session = Session(bind=op.get_bind())
    session.execute(sa.text("UPDATE orders SET total = 1 WHERE id = 2"))
    session.commit()
