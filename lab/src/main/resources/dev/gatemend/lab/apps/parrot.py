"""Answers each connection with fixed bytes: parrot.py HOST:PORT ANSWER

ANSWER is a Python string with escapes, so that a command line can hold control characters.
"""
import socketserver
import sys

host, port = sys.argv[1].rsplit(":", 1)
ANSWER = sys.argv[2].encode("latin-1").decode("unicode_escape").encode("latin-1")


class Parrot(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(65536)
        self.request.sendall(ANSWER)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server((host, int(port)), Parrot)
print("ready", flush=True)
server.serve_forever()
