revision = '07a0'
down_revision = ['05a0', '06a0']
depends_on = ('01a0', '02a0')
