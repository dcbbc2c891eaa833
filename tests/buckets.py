"""Object storage played by a small real server on this machine."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

ACCESS = {"key": "testing", "secret": "testing"}


@pytest.fixture(scope="session")
def object_storage():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def a_bucket(object_storage, request):
    """`a_bucket("files")` is a new bucket's settings."""

    def make(name: str) -> dict[str, str]:
        found = {"name": f"{name}-{abs(hash(request.node.nodeid))}", "endpoint": object_storage, "region": "", **ACCESS}
        client = boto3.client(
            "s3",
            endpoint_url=object_storage,
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )
        client.create_bucket(Bucket=found["name"])
        return found

    return make
