"""接收: drop files, one verdict per row, decide what waits for a person."""
