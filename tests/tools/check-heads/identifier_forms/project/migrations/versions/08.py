revision, down_revision = '08a0', '07a0'
