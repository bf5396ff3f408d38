"""Write a schema elsewhere."""

import subprocess

revision = "7e2f1b3c4d5e"
down_revision = None


def upgrade() -> None:
    answer = subprocess.run(["true"], check=True)
