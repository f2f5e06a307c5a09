"""A report that is made again while its inputs are changed, and shown as a page that follows."""
