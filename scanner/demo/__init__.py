"""A small believable estate to try Insyn on, and to measure it with: `make` writes it, with its truth."""

from scanner.demo.crm import fill_crm
from scanner.demo.estate import Estate, make

__all__ = ["Estate", "fill_crm", "make"]
