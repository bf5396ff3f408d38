from app.labels import BILLING
revision = 'a1'
down_revision = None
branch_labels = (BILLING,)
