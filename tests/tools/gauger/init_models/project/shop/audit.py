import sqlalchemy as sa

metadata = sa.MetaData()
entries = sa.Table("entries", metadata)
