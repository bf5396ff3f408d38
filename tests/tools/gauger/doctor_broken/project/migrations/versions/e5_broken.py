revision = (
