revision = "d10"
