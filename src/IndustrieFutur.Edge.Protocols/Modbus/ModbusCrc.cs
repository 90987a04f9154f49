namespace IndustrieFutur.Edge.Protocols.Modbus;

/// <summary>The CRC-16 at the end of every RTU frame: reflected polynomial 0xA001, start 0xFFFF, sent low byte first.</summary>
public static class ModbusCrc
{
    private static readonly ushort[] Table = MakeTable();

    /// <summary>The CRC of some bytes; 0 for a whole frame that ends with its own right CRC.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        var table = Table;
        var crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ table[(crc ^ value) & 0xFF];
        }

        return (ushort)crc;
    }

    /// <summary>Writes the CRC of the first <paramref name="length"/> bytes behind them; returns the frame's length.</summary>
    public static int Append(Span<byte> frame, int length)
    {
        var crc = Of(frame[..length]);
        frame[length] = (byte)crc;
        frame[length + 1] = (byte)(crc >> 8);
        return length + 2;
    }

    private static ushort[] MakeTable()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xA001 : value >> 1;
            }

            table[i] = (ushort)value;
        }

        return table;
    }
}
