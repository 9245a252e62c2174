"""Clients that wait for slow answers, until one more gets 500."""
import socket
import sys

REQUEST = b"GET %s HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"
waiting = []
for _ in range(20):
    client = socket.create_connection(("127.0.0.1", 80), 5)
    client.sendall(REQUEST % b"/wait/10")
    waiting.append(client)
    client = socket.create_connection(("127.0.0.1", 80), 5)
    client.settimeout(5)
    client.sendall(REQUEST % b"/cart")
    if b" 500 " in client.recv(100):
        sys.exit()
sys.exit("no limit was reached")
