"""clients.py PORT: ten requests a second, whatever becomes of them."""
import sys
import time
import urllib.request

request = urllib.request.Request(f"http://127.0.0.1:{sys.argv[1]}/", headers={"Host": "shop.example"})
while True:
    try:
        urllib.request.urlopen(request, timeout=5).read()
    except OSError:
        pass
    time.sleep(0.1)
