"""The same small application for gunicorn. /deadlock takes a lock that nobody gives back."""
import threading
import time

lock = threading.Lock()


def application(environ, start_response):
    what, _, value = environ["PATH_INFO"].strip("/").partition("/")
    if what == "slow":
        time.sleep(float(value))
    if what == "deadlock":
        lock.acquire()
        lock.acquire()
    status = value if what == "status" else "200"
    headers = [("Content-Type", "text/plain")]
    if what == "cookie":
        headers.append(("Set-Cookie", "session=" + "a" * int(value)))
    environ["wsgi.input"].read()
    start_response(status + " Said", headers)
    return [b"hello from gunicorn\n"]
