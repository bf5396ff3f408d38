import os
from pathlib import Path
revision = Path(__file__).stem.split("_")[0]
down_revision = None
def upgrade(): pass
