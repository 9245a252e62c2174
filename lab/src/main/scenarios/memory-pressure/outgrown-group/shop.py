"""Looks a few times through all files of its index for each page: shop.py HOST:PORT DIRECTORY"""
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = 4096


def look_through(name):
    file = os.open(name, os.O_RDONLY)
    os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
    for at in range(0, os.fstat(file).st_size, PAGE):
        os.pread(file, 16, at)
    os.close(file)


class Shop(BaseHTTPRequestHandler):
    def do_GET(self):
        for _ in range(6):
            for name in sorted(os.listdir(directory)):
                look_through(os.path.join(directory, name))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


host, port = sys.argv[1].rsplit(":", 1)
directory = sys.argv[2]
server = ThreadingHTTPServer((host, int(port)), Shop)
print("ready", flush=True)
server.serve_forever()
