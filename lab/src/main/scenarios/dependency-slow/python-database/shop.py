"""A shop that asks its database for each page: shop.py HOST:PORT DATABASE_PORT"""
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as database:
            database.sendall(b"select price from articles\n")
            body = database.recv(100)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


host, port = sys.argv[1].rsplit(":", 1)
server = ThreadingHTTPServer((host, int(port)), Shop)
print("ready", flush=True)
server.serve_forever()
