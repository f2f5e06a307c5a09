"""The facts for other programs: a file of rows, its description, and the names that every förbund's reports share."""
