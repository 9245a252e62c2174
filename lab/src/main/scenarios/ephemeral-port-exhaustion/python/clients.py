"""Forty clients whose requests take a minute, each from an address of its own: clients.py PORT"""
import socket
import sys
import threading

clients = []
for n in range(40):
    client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), source_address=("127.0.0.%d" % (n + 2), 0))
    client.sendall(b"GET /wait/60 HTTP/1.0\r\nHost: shop.example\r\n\r\n")
    clients.append(client)
print("asking", flush=True)
threading.Event().wait()
