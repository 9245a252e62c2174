"""Clients who ask for slow pages, one after the other: clients.py PORT HOW_MANY PATH"""
import http.client
import sys
import threading
import time


def ask(port, path):
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path, headers={"Host": "shop.example"})
            status = connection.getresponse().status
            connection.close()
        except OSError:
            status = 0
        if status != 200:
            time.sleep(0.02)


for _ in range(int(sys.argv[2])):
    threading.Thread(target=ask, args=(int(sys.argv[1]), sys.argv[3]), daemon=True).start()
print("asking", flush=True)
threading.Event().wait()
