revision = f'{11}a0'
down_revision = '1' + '0a0'
