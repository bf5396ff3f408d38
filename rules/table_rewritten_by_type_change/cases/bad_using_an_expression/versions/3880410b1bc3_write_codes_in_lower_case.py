"""Write codes in lower case"""

import sqlalchemy as sa
from alembic import op

revision = "3880410b1bc3"
down_revision = "07b5c35d8251"


def upgrade() -> None:
    op.alter_column("orders", "code", type_=sa.Text(), postgresql_using="lower(code)")
