"""A year rolled to the next: its sheets, budget and texts, and what is told of them."""
