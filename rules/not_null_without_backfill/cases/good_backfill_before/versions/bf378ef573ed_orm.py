"""Fill it through the ORM."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import orm

revision = "bf378ef573ed"
down_revision = "0d7d9858bce1"

Base = orm.declarative_base()


class Coupon(Base):
    __tablename__ = "coupons"
    id = sa.Column(sa.Integer, primary_key=True)
    value = sa.Column(sa.Integer)


def upgrade() -> None:
    session = orm.Session(bind=op.get_bind())
    session.query(Coupon).filter(Coupon.value.is_(None)).update({"value": 0})
    session.flush()
    op.alter_column("coupons", "value", nullable=False)
    op.execute(sa.update(Coupon).values(value=1))
