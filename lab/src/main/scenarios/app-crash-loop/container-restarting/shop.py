"""shop.py PORT FILE: while FILE is there, it ends a moment after it has begun to listen."""
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


def end():
    while not os.path.exists(sys.argv[2]):
        time.sleep(0.05)
    os._exit(1)


server = ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Application)
print("ready", flush=True)
threading.Thread(target=end, daemon=True).start()
server.serve_forever()
