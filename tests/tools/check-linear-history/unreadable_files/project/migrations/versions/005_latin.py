revision = "d5"
down_revision = "c3d4e5f6"
# café
