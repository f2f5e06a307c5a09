"""What an analyst asks of finished reports and of a plan (notebooks/analys)."""
