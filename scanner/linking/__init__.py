"""How records hang together, and whose a datum is."""
