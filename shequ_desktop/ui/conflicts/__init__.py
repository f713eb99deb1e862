"""What two people wrote differently, and who may be the same person."""
