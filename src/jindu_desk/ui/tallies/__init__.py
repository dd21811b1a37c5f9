"""台账: the sheet of the month."""
