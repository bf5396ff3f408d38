import sqlalchemy as sa


def copy():
    table = sa.Table("orders", sa.MetaData())
