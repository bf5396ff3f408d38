import os


class Settings:
    """What the environment says; without it nothing starts."""

    def __init__(self):
        self.pg_dsn = self._required("DYLEN_PG_DSN")
        self.allowed_origins = self._required("DYLEN_ALLOWED_ORIGINS").split(",")

    @staticmethod
    def _required(name):
        value = os.environ.get(name)
        if not value:
            raise SystemExit(f"set {name}")
        return value


settings = Settings()
