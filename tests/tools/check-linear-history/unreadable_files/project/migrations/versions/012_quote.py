revision = "d12"
down_revision = "c3d4e5f6"


def upgrade():
    op.execute("""drop table x)
