"""shop.py PORT FILE: while FILE is there, a request takes all the memory there is."""
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        hoard = []
        while os.path.exists(sys.argv[2]):
            hoard.append(bytearray(b"x" * (1 << 20)))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


server = ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Application)
print("ready", flush=True)
server.serve_forever()
