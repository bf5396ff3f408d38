revision = '06a0'
down_revision = '04a0',
