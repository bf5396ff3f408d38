revision = "e5f6a7b8"
down_revision = "d4e5f6a7"
