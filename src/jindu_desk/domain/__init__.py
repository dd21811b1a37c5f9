"""Pure rules and values: no database, no files, no window."""
