# Create Date: 2024-01-02 10:00:03 (about)
revision = 'd4e5f6a7'
down_revision = 'c3d4e5f6'
x = 'Create Date: 2024-01-01 10:00'
