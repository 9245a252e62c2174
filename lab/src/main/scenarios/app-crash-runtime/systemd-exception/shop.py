"""shop.py FILE: while FILE is there, a request is an error that nobody catches."""
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Application(BaseHTTPRequestHandler):
    def address_string(self):
        return "nginx"

    def do_GET(self):
        if os.path.exists(sys.argv[1]):
            self.server.fails()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")


class Server(HTTPServer):
    def fails(self):
        raise KeyError("price")

    def handle_error(self, request, client_address):
        raise


server = Server(("127.0.0.1", 8000), Application)
print("ready", flush=True)
server.serve_forever()
