"""What cannot all be true, rule by rule."""
