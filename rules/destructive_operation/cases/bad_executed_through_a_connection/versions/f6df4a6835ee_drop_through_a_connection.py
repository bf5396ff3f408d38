"""Drop through a connection."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

revision = "f6df4a6835ee"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    connection.execute(sa.text("DROP TABLE coupons"))
    connection.exec_driver_sql("ALTER TABLE customers DROP COLUMN fax")
    op.get_bind().execute(sa.text("TRUNCATE orders"))
    op.get_context().connection.execute(sa.text("DROP TABLE visits"))
    session = Session(bind=connection)
    session.execute(sa.text("DROP TABLE baskets"))
    session.commit()
