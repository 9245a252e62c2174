"""Answers each request, at once or, while a file lies there, after nine seconds: api.py PORT FILE"""
import os
import socketserver
import sys
import time


class Api(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.readline() and os.path.exists(sys.argv[2]):
            time.sleep(9)
        self.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("127.0.0.1", int(sys.argv[1])), Api)
print("ready", flush=True)
server.serve_forever()
