"""metrics.py PORT: takes numbers from whoever connects, and answers nothing."""
import socketserver
import sys


class Numbers(socketserver.StreamRequestHandler):
    def handle(self):
        self.request.recv(4096)


socketserver.TCPServer.allow_reuse_address = True
socketserver.TCPServer(("127.0.0.1", int(sys.argv[1])), Numbers).serve_forever()
