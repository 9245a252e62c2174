"""shop.py HOST:PORT DATABASE_PORT: connects to its database before it listens."""
import socket
import sys
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


try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), 2).close()
except OSError as failure:
    sys.exit(f'connection to server at "127.0.0.1", port {sys.argv[2]} failed: {failure.strerror}')
server = listen(sys.argv[1])
print("ready", flush=True)
server.serve_forever()
