"""Buckets through boto3: an object is a unit."""

from connectors.s3.connector import S3Connector

__all__ = ["S3Connector"]
