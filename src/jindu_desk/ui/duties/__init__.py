"""履职: the year's duties with article, due date, state and evidence; one is recorded as done beside the table."""
