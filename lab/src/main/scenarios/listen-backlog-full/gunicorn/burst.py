"""Bursts of quick requests, sent before the first answer is read, until some fail: burst.py PORT"""
import socket
import sys

REQUEST = b"GET /cart HTTP/1.0\r\nHost: shop.example\r\n\r\n"
failed = bursts = 0
while failed < 20 and bursts < 200:
    bursts += 1
    clients = [socket.create_connection(("127.0.0.1", int(sys.argv[1]))) for _ in range(60)]
    for client in clients:
        client.sendall(REQUEST)
    for client in clients:
        failed += client.recv(64).startswith(b"HTTP/1.1 502")
        client.close()
print(failed, "of", 60 * bursts, "failed")
