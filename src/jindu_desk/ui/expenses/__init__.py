"""经费: budget lines with their bars on top, the book's entries below, one form at a time beside them."""
