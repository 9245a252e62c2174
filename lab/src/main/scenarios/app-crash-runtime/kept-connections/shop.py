"""shop.py HOST:PORT FILE: while FILE is there, each request runs into an exception."""
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        if os.path.exists(sys.argv[2]):
            raise KeyError("price")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


def listen(address):
    host, port = address.rsplit(":", 1)
    return ThreadingHTTPServer((host, int(port)), Application)


server = listen(sys.argv[1])
print("ready", flush=True)
server.serve_forever()
