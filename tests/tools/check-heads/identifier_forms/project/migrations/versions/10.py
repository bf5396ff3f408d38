if True:
    revision = '10a0'
else:
    revision = 'no'
down_revision = '09a0'
