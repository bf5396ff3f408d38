# Revision ID: r099
# Revises: r012
# Create Date: 2024-01-05 10:00:00
revision = 'r099'
down_revision = 'r012'
