"""Statement by statement, and what cannot be read

Create Date: 2026-01-03 10:00:00
"""

import sqlalchemy as sa
import sqlparse
from alembic import op

revision = "c3"
down_revision = "b2"


def upgrade():
    with open("db/views/orders.sql") as file:
        for statement in sqlparse.split(file.read()):
            op.execute(sa.text(statement))
    content = open("db/views/customers.sql").read()
    for statement in content.split(";"):
        statement = statement.strip()
        if statement:
            op.execute(statement)
    # destructive: approved
    op.execute(open("db/views/approved.sql").read())
    op.get_bind().execute(sa.text(open("db/views/given.sql").read()), {"id": 5})
    op.execute(open("db/views/broken.sql").read())
    op.execute(open("db/views/absent.sql").read())


def downgrade():
    pass
