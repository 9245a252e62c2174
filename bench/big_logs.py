"""Writes an error log and an access log of given sizes: big_logs.py ERROR_LOG MB ACCESS_LOG MB

nginx's own formats, the lines spread evenly over the day that ended half an hour ago: the host is
quiet now, as it is when somebody asks what happened.
"""
import random
import sys
import time

DAY = 24 * 3600
QUIET = 1800
PATHS = ["/", "/cart", "/login", "/report?month=11", "/static/app.js", "/api/v1/orders/%d"]
AGENTS = ["curl/7.88.1", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"]


def path(rng):
    chosen = rng.choice(PATHS)
    return chosen % rng.randrange(10**6) if "%d" in chosen else chosen


def access(rng, number):
    return '10.%d.%d.%d - - [{}] "GET %s HTTP/1.1" %d %d "-" "%s"' % (
        rng.randrange(256), rng.randrange(256), rng.randrange(256), path(rng),
        rng.choice([200] * 40 + [304] * 8 + [404, 502]), rng.randrange(50000), rng.choice(AGENTS))


def error(rng, number):
    wanted = path(rng)
    return ('{} [error] 812#812: *%d connect() failed (111: Connection refused) while connecting to '
            'upstream, client: 10.0.%d.%d, server: shop.example, request: "GET %s HTTP/1.1", '
            'upstream: "http://127.0.0.1:8000%s", host: "shop.example"') % (
                number, rng.randrange(256), rng.randrange(256), wanted, wanted)


def write(name, megabytes, line, stamp):
    rng = random.Random(1)
    samples = [line(rng, number) for number in range(5000)]
    wanted = megabytes << 20
    end = time.time() - QUIET
    written = 0
    with open(name, "w", buffering=1 << 20) as log:
        while written < wanted:
            at = time.localtime(end - DAY + DAY * written / wanted)
            text = "".join(sample.replace("{}", time.strftime(stamp, at), 1) + "\n"
                           for sample in rng.sample(samples, 500))
            written += log.write(text)


write(sys.argv[1], int(sys.argv[2]), error, "%Y/%m/%d %H:%M:%S")
write(sys.argv[3], int(sys.argv[4]), access, "%d/%b/%Y:%H:%M:%S +0000")
