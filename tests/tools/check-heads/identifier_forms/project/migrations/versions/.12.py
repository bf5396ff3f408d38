revision = '12a0'
down_revision = '11a0'
