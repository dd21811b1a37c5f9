"""Settings: what belongs to this PC (preferences) and the private halves of the keys."""
