"""The pictures, drawn from facts."""
