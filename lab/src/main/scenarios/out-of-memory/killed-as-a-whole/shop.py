"""A shop whose report takes all the memory there is."""

import http.server
import sys


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/report":
            rows = []
            while True:
                rows.append(bytearray(1 << 20))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Shop)
print("ready", flush=True)
server.serve_forever()
