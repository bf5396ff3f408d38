revision = 9
down_revision = "c3d4e5f6"
