revision: str = """02a0"""
down_revision: Union[str, None] = "01a0"
