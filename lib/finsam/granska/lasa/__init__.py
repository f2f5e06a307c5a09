"""A PDF, a DOCX or a text as lines with cells, tables with columns, and sentences."""
