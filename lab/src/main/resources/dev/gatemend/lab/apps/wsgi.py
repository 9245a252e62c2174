"""The same small application for gunicorn.

/deadlock takes a lock that nobody gives back; /wait and /say as in app.py. While a file named
misbehave lies beside this one, /slow, /status and /cookie do, too, what they do there.
"""
import os
import threading
import time

lock = threading.Lock()


def misbehaving():
    return os.path.exists(os.path.join(os.path.dirname(__file__), "misbehave"))


def application(environ, start_response):
    what, _, value = environ["PATH_INFO"].strip("/").partition("/")
    if what in ("slow", "status", "cookie") and not misbehaving():
        what = ""
    if what in ("slow", "wait"):
        time.sleep(float(value))
    if what == "deadlock":
        lock.acquire()
        lock.acquire()
    status = value if what in ("status", "say") else "200"
    headers = [("Content-Type", "text/plain")]
    if what == "cookie":
        headers.append(("Set-Cookie", "session=" + "a" * int(value)))
    environ["wsgi.input"].read()
    start_response(status + " Said", headers)
    return [b"hello from gunicorn\n"]
