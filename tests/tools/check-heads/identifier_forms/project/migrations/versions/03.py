revision = '03' 'a0'
down_revision = '02a0'  # parent
