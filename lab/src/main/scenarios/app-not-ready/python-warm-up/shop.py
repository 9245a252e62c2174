"""shop.py HOST:PORT FILE: while FILE is there, it loads."""
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


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


while os.path.exists(sys.argv[2]):
    print("Loading model", flush=True)
    time.sleep(1)
server = listen(sys.argv[1])
print("ready", flush=True)
server.serve_forever()
