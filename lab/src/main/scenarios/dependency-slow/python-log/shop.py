"""A shop that asks an API for each page, for two seconds at most: shop.py HOST:PORT API_PORT"""
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            with socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=2) as api:
                api.sendall(b"GET /prices HTTP/1.0\r\n\r\n")
                api.recv(100)
        except TimeoutError:
            stamp = time.strftime("%Y-%m-%d %H:%M:%S%z")
            print(stamp, "ERROR HTTPConnectionPool(host='127.0.0.1', port=%s): Read timed out. (read timeout=2)"
                  % sys.argv[2], flush=True)
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


host, port = sys.argv[1].rsplit(":", 1)
server = ThreadingHTTPServer((host, int(port)), Shop)
print("ready", flush=True)
server.serve_forever()
