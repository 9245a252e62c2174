"""A thread for each request; /wait lasts while a file lies there: shop.py HOST:PORT FILE"""
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        while self.path.startswith("/wait") and os.path.exists(sys.argv[2]):
            time.sleep(0.1)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


host, port = sys.argv[1].rsplit(":", 1)
server = ThreadingHTTPServer((host, int(port)), Shop)
print("ready", flush=True)
server.serve_forever()
