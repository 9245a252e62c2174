"""Answers each query, at once or, while a file lies there, after nine seconds: database.py PORT FILE"""
import os
import socketserver
import sys
import time


class Database(socketserver.StreamRequestHandler):
    def handle(self):
        if self.rfile.readline() and os.path.exists(sys.argv[2]):
            time.sleep(9)
        self.wfile.write(b"12.50\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("127.0.0.1", int(sys.argv[1])), Database)
print("ready", flush=True)
server.serve_forever()
