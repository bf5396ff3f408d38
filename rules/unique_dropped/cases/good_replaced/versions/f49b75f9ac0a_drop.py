"""Drop"""

from alembic import op

revision = "f49b75f9ac0a"
down_revision = "51e266f406ff"


def upgrade() -> None:
    with op.get_context().autocommit_block():
        op.create_index("uq_users_mail_2", "users", ["mail"], unique=True, postgresql_concurrently=True)
    op.drop_constraint("uq_users_mail", "users", type_="unique")
