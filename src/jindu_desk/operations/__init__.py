"""What the program can do. The only writers: one function, one transaction, one name in the audit chain."""
