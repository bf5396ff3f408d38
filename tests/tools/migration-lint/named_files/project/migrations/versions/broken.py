revision = "d4"
down_revision = "c3"


def upgrade(:
    pass
