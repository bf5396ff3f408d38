revision = make_id()
down_revision = "c3d4e5f6"
