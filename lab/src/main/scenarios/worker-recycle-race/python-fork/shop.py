"""shop.py HOST:PORT FILE: while FILE is there, a worker ends after five requests, whatever else it has to do."""
import os
import socket
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SHARE = 5


class Application(BaseHTTPRequestHandler):
    answered = 0

    def address_string(self):
        return "nginx"

    def do_GET(self):
        if self.path == "/wait":
            time.sleep(2)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello from the shop\n")
        self.connection.shutdown(socket.SHUT_WR)
        self.count()

    def count(self):
        Application.answered += 1
        if Application.answered >= SHARE and os.path.exists(sys.argv[2]):
            now = time.strftime("%Y-%m-%d %H:%M:%S %z")
            print(f"{now} worker {os.getpid()} reached its max requests", flush=True)
            os._exit(0)


def listen(address):
    host, port = address.rsplit(":", 1)
    return ThreadingHTTPServer((host, int(port)), Application)


server = listen(sys.argv[1])
print("ready", flush=True)
while os.fork() > 0:
    os.wait()
server.serve_forever()
