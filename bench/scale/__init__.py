"""How a scan and its store behave when there is much."""
