"""What every ledger becomes, whatever it was exported as, and what must hold between its figures."""
