"""When sources are scanned by themselves, and who is told."""
