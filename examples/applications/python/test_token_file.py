"""python3 -m unittest, in this folder."""

import os
import shutil
import tempfile
import threading
import unittest
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

from token_file import read_token, request_with_token


# region: rotation
class TokenVolume:
    """A folder that changes as the kubelet changes a projected volume: by one rename of ..data."""

    def __init__(self, token: str) -> None:
        self.folder = tempfile.mkdtemp()
        self.file = os.path.join(self.folder, "token")
        self.current = None
        self.rotate(token)
        os.symlink("..data/token", self.file)

    def rotate(self, token: str) -> None:
        folder = tempfile.mkdtemp(prefix="..", dir=self.folder)
        with open(os.path.join(folder, "token"), "w", encoding="ascii") as file:
            file.write(token)
        link = os.path.join(self.folder, "..data")
        os.symlink(os.path.basename(folder), link + "_tmp")
        os.replace(link + "_tmp", link)
        if self.current is not None:
            shutil.rmtree(self.current)
        self.current = folder
# endregion


class Seen(BaseHTTPRequestHandler):
    """Answers with the authorization that it was sent, or leads elsewhere."""

    def do_GET(self) -> None:
        to = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query).get("to")
        self.send_response(302 if to else 200)
        if to:
            self.send_header("Location", to[0])
        self.end_headers()
        self.wfile.write(self.headers.get("Authorization", "").encode())

    def log_message(self, *_args) -> None:
        pass


class TokenFileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.volume = TokenVolume("first")
        self.addCleanup(shutil.rmtree, self.volume.folder)

    def serve(self) -> str:
        server = HTTPServer(("127.0.0.1", 0), Seen)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/"

    def seen(self, url: str) -> str:
        with urllib.request.urlopen(request_with_token(url, self.volume.file)) as response:
            return response.read().decode()

    def test_each_request_carries_the_token_of_its_time(self) -> None:
        url = self.serve()
        self.assertEqual(self.seen(url), "Bearer first")
        for token in ("second", "third"):
            self.volume.rotate(token)
            self.assertEqual(self.seen(url), f"Bearer {token}")

    def test_a_redirect_takes_no_token_along(self) -> None:
        self.assertEqual(self.seen(f"{self.serve()}?to={self.serve()}"), "")

    def test_no_token_is_an_error(self) -> None:
        self.volume.rotate("\n")
        with self.assertRaises(ValueError):
            read_token(self.volume.file)
        os.unlink(self.volume.file)
        with self.assertRaises(FileNotFoundError):
            read_token(self.volume.file)


if __name__ == "__main__":
    unittest.main()
