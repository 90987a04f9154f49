"""A foreign Modbus TCP server on pymodbus: 100 of each table with value = address, and a full identification (function 43/14).

pymodbus_server.py PORT

Prints "ready" when it listens; runs until it is ended.
"""

import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.device import ModbusDeviceIdentification
from pymodbus.server import StartTcpServer

OBJECTS = {
    0x00: "Foreign Works",
    0x01: "FW-7",
    0x02: "3.2.1",
    0x03: "https://foreign.example",
    0x04: "Line controller",
    0x05: "FW-7/B",
    0x06: "Packing",
}


def main() -> None:
    addresses = list(range(100))
    bits = [address % 3 == 0 for address in addresses]
    tables = ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, list(bits)),
        co=ModbusSequentialDataBlock(0, list(bits)),
        hr=ModbusSequentialDataBlock(0, list(addresses)),
        ir=ModbusSequentialDataBlock(0, list(addresses)),
        zero_mode=True,
    )
    # It listens before it answers, so that who reads this line can connect.
    print("ready", flush=True)
    StartTcpServer(
        context=ModbusServerContext(slaves=tables, single=True),
        identity=ModbusDeviceIdentification(info=OBJECTS),
        address=("127.0.0.1", int(sys.argv[1])),
    )


main()
