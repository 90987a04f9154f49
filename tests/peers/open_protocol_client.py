"""A client of Open Protocol written from its specification alone: python3 open_protocol_client.py PORT RESULTS.

It starts a session, subscribes, prints what each result holds by the positions of MID 0061, revision 1, acknowledges it, and tries what must be refused.
"""
import socket
import sys


def message(mid, data="", revision="001"):
    return f"{20 + len(data):04d}{mid:04d}{revision}{'':9}{data}".encode() + b"\0"


class Session:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 10)
        self.received = b""

    def ask(self, mid, data="", revision="001"):
        self.socket.sendall(message(mid, data, revision))
        return self.read()

    def read(self):
        while b"\0" not in self.received:
            more = self.socket.recv(4096)
            if not more:
                sys.exit("the controller hung up")
            self.received += more
        one, self.received = self.received.split(b"\0", 1)
        text = one.decode("ascii")
        if int(text[:4]) != len(text):
            sys.exit(f"length {text[:4]} of {len(text)} characters")
        return int(text[4:8]), text


def value(text, first, last):
    return text[first - 1:last]


session = Session(int(sys.argv[1]))
print("before start", session.ask(60)[1][20:])
mid, text = session.ask(1, revision="003")
print("started", mid, value(text, 33, 57).strip())
print("again", session.ask(1)[1][20:])
print("select", session.ask(18, "001")[1][20:])
print("disable", session.ask(42)[1][20:])
print("unknown", session.ask(1234)[1][20:])
print("revision", session.ask(60, revision="007")[1][20:])
mid, text = session.ask(80)
print("time", mid, len(text[20:]))
print("alive", session.ask(9999)[0])
print("subscribed", session.ask(60)[1][20:], flush=True)
for _ in range(int(sys.argv[2])):
    mid, text = session.read()
    if mid != 61 or len(text) != 231:
        sys.exit(f"no result: {text}")
    print("result", int(value(text, 222, 231)), "ok", value(text, 108, 108), "torque", int(value(text, 141, 146)) / 100,
          "angle", int(value(text, 170, 174)), "vin", value(text, 60, 84).strip())
    session.socket.sendall(message(62))
print("subscribed twice", session.ask(60)[1][20:])
print("stopped", session.ask(3)[1][20:])
