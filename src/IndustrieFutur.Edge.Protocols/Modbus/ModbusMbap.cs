using System.Buffers.Binary;

namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The header of a Modbus TCP frame: transaction, protocol 0, length of what follows, unit.</summary>
internal static class ModbusMbap
{
    public const int Bytes = 7;

    /// <summary>The length of the whole frame at the start of <paramref name="received"/>; 0: not whole yet; -1: this is no Modbus TCP.</summary>
    public static int FrameLength(ReadOnlySpan<byte> received)
    {
        if (received.Length < Bytes)
        {
            return 0;
        }

        // The length counts the unit; a PDU has a function at least.
        var length = BinaryPrimitives.ReadUInt16BigEndian(received[4..]);
        if (received[2] != 0 || received[3] != 0 || length < 2 || length > 1 + ModbusLimits.PduBytesMax)
        {
            return -1;
        }

        var frame = Bytes - 1 + length;
        return received.Length >= frame ? frame : 0;
    }
}
