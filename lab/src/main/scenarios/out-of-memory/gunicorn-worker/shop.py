"""A page of it takes more memory than the application may have."""
import os


def application(environ, start_response):
    if environ["PATH_INFO"] == "/report" and os.path.exists(os.environ["SHOP_BROKEN"]):
        taken = []
        while True:
            taken.append(bytearray(os.urandom(1 << 20)))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"here\n"]
