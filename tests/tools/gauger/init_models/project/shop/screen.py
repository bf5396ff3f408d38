from rich.table import Table

rows = Table(metadata=None)
