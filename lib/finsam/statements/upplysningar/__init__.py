"""What the ledger and the settings oblige a förbund to tell, and what of it can be filled in from data."""
