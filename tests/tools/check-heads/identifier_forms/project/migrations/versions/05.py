revision = '05a0'
down_revision: str | None = (
    '04a0'
)
