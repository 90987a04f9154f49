"""A foreign RTDE client, written from the public field list with nothing but the standard library: reads a controller and prints what came as JSON.

reader.py HOST PORT PACKETS SECONDS_MAX [FREQUENCY]

It negotiates version 2, asks for 21 fields, and reads that many packets. Every timestamp step is held against 1/FREQUENCY, every gap
between two arrivals is measured. Ends 0 when the packets came within the time; a step that is wrong is counted, not hidden.
"""

import json
import socket
import struct
import sys
import time

FIELDS = (
    "timestamp,actual_q,actual_qd,actual_current,joint_temperatures,actual_TCP_pose,actual_TCP_speed,actual_TCP_force,robot_mode,"
    "safety_mode,safety_status_bits,robot_status_bits,runtime_state,speed_scaling,target_speed_fraction,actual_main_voltage,"
    "actual_robot_voltage,actual_robot_current,actual_digital_input_bits,actual_digital_output_bits,joint_mode"
)
TYPES = {
    "BOOL": "?",
    "UINT8": "B",
    "UINT32": "I",
    "UINT64": "Q",
    "INT32": "i",
    "DOUBLE": "d",
    "VECTOR3D": "3d",
    "VECTOR6D": "6d",
    "VECTOR6INT32": "6i",
    "VECTOR6UINT32": "6I",
}


class Connection:
    """Packets of a stream: size (two bytes, itself included), type, payload."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port), timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.bytes = b""
        self.texts = 0

    def send(self, kind: str, payload: bytes = b"") -> None:
        self.socket.sendall(struct.pack(">HB", 3 + len(payload), ord(kind)) + payload)

    def receive(self) -> tuple[str, bytes]:
        while True:
            if len(self.bytes) >= 3:
                size, kind = struct.unpack_from(">HB", self.bytes)
                assert size >= 3, f"a packet of {size} bytes"
                if len(self.bytes) >= size:
                    payload, self.bytes = self.bytes[3:size], self.bytes[size:]
                    return chr(kind), payload
            more = self.socket.recv(65536)
            assert more, "the controller has closed the connection"
            self.bytes += more

    def ask(self, kind: str, payload: bytes = b"") -> bytes:
        self.send(kind, payload)
        while True:
            answer, content = self.receive()
            if answer == kind:
                return content
            self.texts += answer == "M"


def quantile(ordered: list[float], part: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(part * len(ordered)))], 3)


def main() -> int:
    host, port, wanted, limit = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    frequency = float(sys.argv[5]) if len(sys.argv) > 5 else 500.0
    robot = Connection(host, port)
    assert robot.ask("V", struct.pack(">H", 2)) == b"\x01", "version 2 is refused"
    version = ".".join(str(part) for part in struct.unpack(">4I", robot.ask("v")))
    recipe = robot.ask("O", struct.pack(">d", frequency) + FIELDS.encode())
    kinds = recipe[1:].decode().split(",")
    assert len(kinds) == len(FIELDS.split(",")) and all(kind in TYPES for kind in kinds), f"the recipe is answered {kinds}"
    layout = struct.Struct(">B" + "".join(TYPES[kind] for kind in kinds))
    assert robot.ask("S") == b"\x01", "the start is refused"

    step = 1 / frequency
    packets, lost, steps_wrong, gaps = 0, 0, 0, []
    stamp, arrival = 0.0, 0.0
    began = time.monotonic()
    while packets < wanted and time.monotonic() - began < limit:
        kind, payload = robot.receive()
        now = time.monotonic()
        if kind != "U":
            robot.texts += kind == "M"
            continue
        values = layout.unpack(payload)
        assert values[0] == recipe[0], f"recipe {values[0]}"
        if packets:
            delta = values[1] - stamp
            steps_wrong += abs(delta - step) > 1e-6
            lost += max(0, round(delta / step) - 1)
            gaps.append((now - arrival) * 1000)
        stamp, arrival = values[1], now
        packets += 1
    robot.send("P")

    gaps.sort()
    print(
        json.dumps(
            {
                "packets": packets,
                "lost": lost,
                "steps_wrong": steps_wrong,
                "gap_p50_ms": quantile(gaps, 0.5),
                "gap_p99_ms": quantile(gaps, 0.99),
                "gap_max_ms": round(gaps[-1], 3),
                "seconds": round(arrival - began, 3),
                "bytes": layout.size + 3,
                "fields": len(kinds),
                "texts": robot.texts,
                "version": version,
            }
        )
    )
    return 0 if packets == wanted else 1


if __name__ == "__main__":
    sys.exit(main())
