'''one'''
revision = '01a0'
down_revision = None
