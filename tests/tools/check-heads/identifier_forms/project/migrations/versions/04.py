previous = '03a0'
revision = '04a0'
down_revision = previous
branch_labels = ()
depends_on = None
