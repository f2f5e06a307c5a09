"""What `finsam verifiera` tries, level by level."""
