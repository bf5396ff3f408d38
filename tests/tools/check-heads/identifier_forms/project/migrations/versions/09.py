revision = '09a0'; down_revision = '08a0'
