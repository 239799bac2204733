"""A real S3 server for tests: versitygw over a folder, with the requests that it was sent in a log."""

import os
import re
import socket
import subprocess
import time
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

from sightline_policy.s3_settings import S3Settings

BUCKET = "policies"
_TOOL = Path(__file__).resolve().parents[2] / "stack" / "go-tool"
_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "sightline-test", "AWS_SECRET_ACCESS_KEY": "sightline-test-secret"}


class S3Server:
    def __init__(self, folder):
        built = subprocess.run([str(_TOOL), "versitygw"], capture_output=True, text=True, timeout=900)
        if built.returncode != 0:
            pytest.skip(f"no S3 server to test with: {built.stderr.strip()}")
        self._program = built.stdout.strip()
        self._folder = folder
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self._port = found.getsockname()[1]
        for name in ("data", "sidecar"):
            (folder / name).mkdir(parents=True)
        self._log = folder / "requests.log"
        self.environment = {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{self._port}", "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1", **_CREDENTIALS,
        }  # fmt: skip
        self.start()
        config = Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"})
        self.client = boto3.client(
            "s3", endpoint_url=self.environment["AWS_ENDPOINT_URL_S3"], region_name="us-east-1", config=config,
            aws_access_key_id=_CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        )  # fmt: skip
        self.client.create_bucket(Bucket=BUCKET)

    def start(self):
        environment = {
            **os.environ, "ROOT_ACCESS_KEY": _CREDENTIALS["AWS_ACCESS_KEY_ID"],
            "ROOT_SECRET_KEY": _CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        }  # fmt: skip
        command = [
            self._program, "--quiet", "--port", f"127.0.0.1:{self._port}", "--access-log", str(self._log),
            "posix", "--sidecar", str(self._folder / "sidecar"), str(self._folder / "data"),
        ]  # fmt: skip
        with (self._folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", self._port), 1).close()
                return
            except OSError:
                assert self._process.poll() is None and time.monotonic() < deadline, self.said()
                time.sleep(0.02)

    def stop(self):
        self._process.kill()
        self._process.wait()

    def said(self):
        return (self._folder / "output.log").read_text()[-2000:]

    def settings(self, prefix, part_mib=5):
        address = {"SIGHTLINE_POLICY_S3": f"s3://{BUCKET}/{prefix}", "SIGHTLINE_POLICY_S3_PART_MIB": str(part_mib)}
        return S3Settings.read({**self.environment, **address})

    def keys(self, prefix):
        found = self.client.list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        return sorted(row["Key"] for row in found.get("Contents", []))

    def uploads(self, prefix):
        found = self.client.list_multipart_uploads(Bucket=BUCKET, Prefix=prefix).get("Uploads", [])
        return {row["Key"]: row["UploadId"] for row in found}

    def parts(self, key, upload):
        found = self.client.list_parts(Bucket=BUCKET, Key=key, UploadId=upload).get("Parts", [])
        return {row["PartNumber"] for row in found}

    def sent_parts(self, prefix):
        """The (key, part number) of every part that the server took, in order, repeats too."""
        pattern = re.compile(rf" s3_UploadPart ({re.escape(prefix)}\S*) \S*[?&]partNumber=(\d+) 200 ")
        found = (pattern.search(line) for line in self._log.read_text().splitlines())
        return [(match[1], int(match[2])) for match in found if match]
