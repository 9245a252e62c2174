"""A small application: app.py HOST:PORT|unix:PATH [CERTIFICATE [TLS...]]

/wait/SECONDS answers late, /say/N answers N, /bulk/MEGABYTES sends that much; anything else is a
greeting. While a file named misbehave lies beside this one, /slow/SECONDS answers late, too,
/status/N answers N, and /cookie/BYTES sets that much cookie.

TLS is version=TLSv1_3 for the oldest it speaks, clients=FILE for the authorities of the client
certificates it demands, name=NAME for the only server name it serves.
"""
import os
import socketserver
import ssl
import sys
import time
from http.server import BaseHTTPRequestHandler


def misbehaving():
    return os.path.exists(os.path.join(os.path.dirname(__file__), "misbehave"))


class Application(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def address_string(self):
        return "nginx"

    def do_GET(self):
        what, _, value = self.path.strip("/").partition("/")
        if what in ("slow", "status", "cookie") and not misbehaving():
            what = ""
        if what in ("slow", "wait"):
            time.sleep(float(value))
        status = int(value) if what in ("status", "say") else 200
        size = int(value) * 1024 * 1024 if what == "bulk" else 0
        body = b"x" * size or b"hello from python\n"
        self.send_response(status)
        if what == "cookie":
            self.send_header("Set-Cookie", "session=" + "a" * int(value))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.do_GET()

    do_HEAD = do_GET


class TcpServer(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


class UnixServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128

    def server_bind(self):
        if os.path.exists(self.server_address):
            os.unlink(self.server_address)
        super().server_bind()
        os.chmod(self.server_address, 0o666)


def secured(certificate, wishes):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if "version" in wishes:
        context.minimum_version = ssl.TLSVersion[wishes["version"]]
    if "clients" in wishes:
        context.load_verify_locations(wishes["clients"])
        context.verify_mode = ssl.CERT_REQUIRED
    if "name" in wishes:
        refusal = ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        context.sni_callback = lambda _, name, __: None if name == wishes["name"] else refusal
    return context


def main(bind, certificate=None, *tls):
    if bind.startswith("unix:"):
        server = UnixServer(bind[5:], Application)
    else:
        host, port = bind.rsplit(":", 1)
        server = TcpServer((host, int(port)), Application)
    if certificate:
        context = secured(certificate, dict(wish.split("=", 1) for wish in tls))
        server.socket = context.wrap_socket(server.socket, server_side=True,
                                            do_handshake_on_connect=False)
    print("ready", flush=True)
    server.serve_forever()


main(*sys.argv[1:])
