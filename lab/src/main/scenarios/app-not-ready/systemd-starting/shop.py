"""shop.py: takes three seconds before it listens."""
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


print("loading the catalogue", flush=True)
time.sleep(3)
server = ThreadingHTTPServer(("127.0.0.1", 8000), Application)
print("ready", flush=True)
server.serve_forever()
