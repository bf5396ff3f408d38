revision = 1
