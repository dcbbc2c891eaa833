"""S3-compatible object storage: the few calls we need, and its troubles as ours."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from .later import later

boto3, config, exceptions = later("boto3"), later("botocore.config"), later("botocore.exceptions")
_clients = threading.local()  # a client is made once a thread: it reads many files when it is made


class NoStorage(OSError):
    """Object storage does not answer, or refuses."""


@dataclass(frozen=True)
class Bucket:
    name: str
    endpoint: str = ""
    region: str = ""
    key: str = ""
    secret: str = ""

    @property
    def client(self) -> Any:
        made = _clients.__dict__.setdefault("made", {})
        if self not in made:
            made[self] = boto3.client(
                "s3",
                endpoint_url=self.endpoint or None,
                region_name=self.region or "us-east-1",
                aws_access_key_id=self.key or None,
                aws_secret_access_key=self.secret or None,
                config=config.Config(connect_timeout=5, read_timeout=30, retries={"max_attempts": 3}),
            )
        return made[self]

    def size(self, key: str) -> int | None:
        """How many bytes lie there; None when there is nothing."""
        try:
            return int(self.client.head_object(Bucket=self.name, Key=key)["ContentLength"])
        except exceptions.ClientError as problem:
            if problem.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            raise

    def put(self, key: str, file: Path) -> None:
        self.client.upload_file(str(file), self.name, key)

    def get(self, key: str, file: Path) -> None:
        self.client.download_file(self.name, key, str(file))

    def open(self, key: str) -> IO[bytes]:
        return cast(IO[bytes], self.client.get_object(Bucket=self.name, Key=key)["Body"])

    def keys(self, *, ending: str = "") -> Iterator[str]:
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name):
            yield from (one["Key"] for one in page.get("Contents", []) if one["Key"].endswith(ending))


@contextmanager
def problems(what: str) -> Iterator[None]:
    """Troubles of the storage as one of the system, with what was being done."""
    try:
        yield
    except (exceptions.BotoCoreError, exceptions.ClientError) as problem:
        raise NoStorage(f"{what}: {str(problem).splitlines()[0]}") from problem
