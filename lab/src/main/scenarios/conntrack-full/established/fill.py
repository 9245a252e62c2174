"""Fills the table of tracked connections of this network, or empties it: fill.py [empty]

Puts established connections into it over netlink (ctnetlink, linux/netfilter/nfnetlink_conntrack.h)
until the kernel takes no more. They last five minutes.
"""
import errno
import socket
import struct
import sys

NETLINK_NETFILTER = 12
CREATE = 0x1 | 0x400  # NLM_F_REQUEST, NLM_F_CREATE
BATCH = 500
MARK = 0xBEEF  # where the port stands in a message, before it is written
NEW = 1 << 8  # NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_NEW
DELETE = NEW + 2  # IPCTNL_MSG_CT_DELETE, of all where none is named
NESTED = 0x8000
ASSURED = 0x2 | 0x4 | 0x8  # IPS_SEEN_REPLY, IPS_ASSURED, IPS_CONFIRMED
ESTABLISHED = 3


def attribute(kind, value):
    padding = -len(value) % 4
    return struct.pack("=HH", len(value) + 4, kind) + value + b"\0" * padding


def nested(kind, *inner):
    return attribute(kind | NESTED, b"".join(inner))


def tuple_of(kind, source, source_port, target, target_port):
    addresses = nested(1, attribute(1, source), attribute(2, target))
    protocol = nested(
        2,
        attribute(1, struct.pack("B", socket.IPPROTO_TCP)),
        attribute(2, struct.pack(">H", source_port)),
        attribute(3, struct.pack(">H", target_port)))
    return nested(kind, addresses, protocol)


def connection():
    source = socket.inet_aton("10.200.0.0")
    target = socket.inet_aton("10.199.0.1")
    port = MARK
    return b"".join([
        tuple_of(1, source, port, target, 80),
        tuple_of(2, target, 80, source, port),
        attribute(3, struct.pack(">I", ASSURED)),
        nested(4, nested(1, attribute(1, struct.pack("B", ESTABLISHED)))),
        attribute(7, struct.pack(">I", 300))])


def message():
    body = struct.pack("BBH", socket.AF_INET, 0, 0) + connection()
    return struct.pack("=IHHII", 16 + len(body), NEW, CREATE, 0, 0) + body


def batches(most):
    """All connections as few messages to the kernel; each differs in source and port alone."""
    one = message()
    source = struct.pack(">I", (10 << 24) + (200 << 16))
    sources = [i for i in range(len(one)) if one.startswith(source, i)]
    ports = [i for i in range(len(one)) if one.startswith(struct.pack(">H", MARK), i)]
    many = bytearray(one * BATCH)
    for first in range(0, most, BATCH):
        for i in range(BATCH):
            number = first + i
            for at in sources:
                struct.pack_into(">H", many, i * len(one) + at + 2, number // 50000)
            for at in ports:
                struct.pack_into(">H", many, i * len(one) + at, 1024 + number % 50000)
        yield many


def is_full(kernel):
    """Whether the kernel has refused one for lack of room; it answers to refusals alone."""
    try:
        answer = kernel.recv(65536, socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError as e:
        return e.errno == errno.ENOBUFS
    code = -struct.unpack_from("=i", answer, 16)[0]
    if code != errno.ENOMEM:
        sys.exit("the kernel refuses: " + errno.errorcode.get(code, str(code)))
    return True


with open("/proc/sys/net/netfilter/nf_conntrack_max") as limit:
    most = int(limit.read()) + BATCH
kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
kernel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
# A connection that was there before would make room when it expires.
kernel.send(struct.pack("=IHHIIBBH", 20, DELETE, 0x1, 0, 0, socket.AF_UNSPEC, 0, 0))
if sys.argv[1:] != ["empty"]:
    for batch in batches(most):
        kernel.send(batch)
        if is_full(kernel):
            break
