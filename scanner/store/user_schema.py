"""Tables of who may use the pages and the API. Passwords as argon2 hashes, links and tokens as digests."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from scanner.store.schema import metadata

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("roles", String(200), nullable=False),
    Column("password", String(200)),  # NULL: signs in by a link, or at the identity provider
    Column("subject", String(500), unique=True),  # issuer and subject at the identity provider
    Column("active", Boolean, nullable=False, default=True),
    Column("created", String(32), nullable=False),
)
invitation = Table(  # one-time links
    "invitation",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("expires", Integer, nullable=False),  # seconds since 1970
)
api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", LargeBinary(32), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("created", String(32), nullable=False),
    Column("expires", Integer, nullable=False),
)
