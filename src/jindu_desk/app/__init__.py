"""What is open: the desk, above the operations and below every way to reach them."""
