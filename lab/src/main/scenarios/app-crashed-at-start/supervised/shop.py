"""shop.py HOST:PORT FILE: while FILE is there, a module that is imported at the start is not."""
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BROKEN = os.path.exists(sys.argv[2])


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


def listen(address):
    host, port = address.rsplit(":", 1)
    return ThreadingHTTPServer((host, int(port)), Application)


if BROKEN:
    import settings_of_the_new_release
server = listen(sys.argv[1])
print("ready", flush=True)
server.serve_forever()
