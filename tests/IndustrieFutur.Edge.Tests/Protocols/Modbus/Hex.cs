namespace IndustrieFutur.Edge.Tests.Protocols.Modbus;

/// <summary>Bytes as manuals print them: pairs of hexadecimal digits with blanks between.</summary>
internal static class Hex
{
    public static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static string Text(ReadOnlySpan<byte> bytes) => string.Join(' ', Convert.ToHexString(bytes).Chunk(2).Select(pair => new string(pair)));

    /// <summary>A frame with its CRC behind it.</summary>
    public static string Framed(string text)
    {
        var bytes = Bytes(text);
        Array.Resize(ref bytes, bytes.Length + 2);
        Edge.Protocols.Modbus.ModbusCrc.Append(bytes, bytes.Length - 2);
        return Text(bytes);
    }
}
