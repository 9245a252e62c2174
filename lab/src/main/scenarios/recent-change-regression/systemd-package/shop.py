"""A shop whose first release answers."""
import http.server
import socketserver
import sys


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "5")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"here\n")

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Server(socketserver.ThreadingTCPServer):
    """HTTPServer would ask a name server for its own name first."""

    allow_reuse_address = True
    daemon_threads = True


host, port = sys.argv[1].split(":")
Server((host, int(port)), Shop).serve_forever()
