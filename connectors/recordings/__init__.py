"""Call recordings: what is known of each from call lists, sidecars, tags and file names, joined into one record."""

from connectors.recordings.connector import RecordingsConnector

__all__ = ["RecordingsConnector"]
