"""The monthly meeting (Art. 11): record, follow-up, minutes."""
