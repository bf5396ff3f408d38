revision = 8
down_revision = "g7"


def upgrade():
    pass
