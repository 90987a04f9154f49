"""A foreign Modbus client on pymodbus: puts the functions that mbpoll does not know to a Modbus TCP server and prints what came, one a line.

pymodbus_client.py PORT
"""

import sys

from pymodbus.client import ModbusTcpClient
from pymodbus.mei_message import ReadDeviceInformationRequest

UNIT = 1


def main() -> None:
    client = ModbusTcpClient("127.0.0.1", port=int(sys.argv[1]))
    assert client.connect(), "no connection"

    identity = client.execute(ReadDeviceInformationRequest(read_code=2, unit=UNIT))
    print("identity", " | ".join(text.decode() for _, text in sorted(identity.information.items())))

    client.write_register(2, 0x0012, slave=UNIT)
    mask = client.mask_write_register(address=2, and_mask=0x00F2, or_mask=0x0025, slave=UNIT)
    print("mask", "refused" if mask.isError() else client.read_holding_registers(2, 1, slave=UNIT).registers[0])

    both = client.readwrite_registers(read_address=0, read_count=4, write_address=2, write_registers=[3], slave=UNIT)
    print("readwrite", both.registers[2])

    beyond = client.read_holding_registers(4000, 1, slave=UNIT)
    print("exception", beyond.exception_code)
    client.close()


main()
