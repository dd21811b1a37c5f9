"""The database and the data folder it lies in."""
