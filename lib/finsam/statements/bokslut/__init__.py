"""What closes the books beside the law's forms: projects, intern kontroll, bokslutsspecifikation."""
