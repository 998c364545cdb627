ENTRIES: dict[str, object] = {}
