"""A name server: dns.py HOST:PORT

known.internal is 127.0.0.1; every other name does not exist.
"""
import socket
import struct
import sys

host, port = sys.argv[1].rsplit(":", 1)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind((host, int(port)))
print("ready", flush=True)
while True:
    query, client = server.recvfrom(512)
    end = query.index(b"\0", 12) + 5
    name, kind = query[12:end - 4], struct.unpack(">H", query[end - 4:end - 2])[0]
    known = name.lower() == b"\x05known\x08internal\0"
    answers = 1 if known and kind == 1 else 0
    flags = 0x8580 if known else 0x8583
    reply = query[:2] + struct.pack(">HHHHH", flags, 1, answers, 0, 0) + query[12:end]
    if answers:
        reply += b"\xc0\x0c" + struct.pack(">HHIH4s", 1, 1, 60, 4, socket.inet_aton("127.0.0.1"))
    server.sendto(reply, client)
