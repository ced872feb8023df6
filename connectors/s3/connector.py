"""The `s3` connector: options in, the objects of a bucket out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from connectors.content import ContentConnector, Globs, costs
from connectors.s3.bucket import Bucket
from connectors.s3.client import Place


class S3Connector(ContentConnector):
    """Reads every object of a bucket. Each begins with one record None that has its `path`; its content follows."""

    def __init__(
        self,
        *,
        bucket: str,
        prefix: str = "",
        endpoint_url: str | None = None,
        profile: str | None = None,
        region: str | None = None,
        path_style: bool | None = None,
        versions: bool = False,
        include: Sequence[str] = ("*",),
        exclude: Sequence[str] = (),
        timeout: float = 60,
        limits: Mapping[str, int] | None = None,
        sandbox: bool = True,
    ) -> None:
        """Keep the options; nothing is reached.

        Args:
            bucket: Name of the bucket.
            prefix: What the keys begin with.
            endpoint_url: The server, if it is not Amazon's.
            profile: A profile of the AWS configuration; else credentials are taken as AWS tools take them.
            region: Region of the bucket, if the profile does not tell.
            path_style: Whether the bucket is named in the path of addresses; unless told, where an endpoint is given.
            versions: Whether older versions are read too; their keys are `key?versionId=…`.
            include: Globs on the key, or its last part, of objects.
            exclude: Globs on the key, or its last part, of objects that are left out.
            timeout: Seconds to wait for bytes.
            limits: Other numbers for `Limits` and `Bounds`.
            sandbox: Parse objects in a confined child process; False: in this one, unprotected.

        Raises:
            ConnectorError: a limit that does not exist.
        """
        place = Place(bucket, prefix, endpoint_url or None, profile or None, region or None, path_style, timeout)
        super().__init__(Bucket(place, versions), Globs(include, exclude), costs("s3", limits), sandbox=sandbox)
