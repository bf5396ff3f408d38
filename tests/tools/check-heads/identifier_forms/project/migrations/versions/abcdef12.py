down_revision = '12a0'
