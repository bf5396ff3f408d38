"""Change types"""

import sqlalchemy as sa
from alembic import op

revision = "dea9168ab966"
down_revision = "6eb4d9dfd57e"


def upgrade() -> None:
    op.execute("DROP TRIGGER of_status ON orders")
    op.alter_column("orders", "status", existing_type=sa.Text(), type_=sa.String(80))
    op.execute("CREATE TRIGGER of_total BEFORE UPDATE OF total ON orders FOR EACH ROW EXECUTE FUNCTION note()")
    op.execute("DROP FUNCTION note() CASCADE")
    op.alter_column("orders", "total", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.execute("DROP POLICY own ON orders")
    op.execute("CREATE POLICY own ON orders USING (EXISTS (SELECT 1 FROM users u WHERE u.mail = current_user))")
    op.alter_column("orders", "user_id", existing_type=sa.Integer(), type_=sa.BigInteger())
