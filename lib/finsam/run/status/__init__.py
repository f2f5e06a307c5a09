"""How a year stands: its inputs, what the checks find, its documents, and what has changed since."""
