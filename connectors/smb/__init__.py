"""Windows shares, spoken to without mounting them. Needs the extra `smb`."""

from connectors.smb.share import Share

__all__ = ["Share"]
