"""shop.py FILE: while FILE is there, each request reads at address 0."""
import ctypes
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        if os.path.exists(sys.argv[1]):
            ctypes.string_at(0)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


server = ThreadingHTTPServer(("127.0.0.1", 8000), Application)
print("ready", flush=True)
server.serve_forever()
