"""a

Create Date: 2024-01-01 10:00:00
"""
revision = "a1"
down_revision = None
