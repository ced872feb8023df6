"""What the store knows, as the rows that reports are made of."""
