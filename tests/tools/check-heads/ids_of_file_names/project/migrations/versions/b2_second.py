import os
revision = os.path.splitext(os.path.basename(__file__))[0]
down_revision = "a1"
def upgrade(): pass
