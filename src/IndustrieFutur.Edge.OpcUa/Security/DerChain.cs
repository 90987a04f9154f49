namespace IndustrieFutur.Edge.OpcUa.Security;

/// <summary>A certificate as it goes over the wire: its DER, and perhaps those of its issuers behind it (OPC UA Part 6, 6.7.2.3).</summary>
internal static class DerChain
{
    private const byte Sequence = 0x30;

    /// <summary>Tag, length of the length, and as many bytes of it as a certificate can need.</summary>
    private const int LengthBytesMax = 3;

    /// <summary>The first certificate alone; the whole when it is no DER, for whoever parses it to refuse.</summary>
    public static ReadOnlySpan<byte> Leaf(ReadOnlySpan<byte> chain)
    {
        var bytes = CertificateBytes(chain);
        return bytes <= chain.Length ? chain[..bytes] : chain;
    }

    private static int CertificateBytes(ReadOnlySpan<byte> der)
    {
        if (der.Length < 2 || der[0] != Sequence)
        {
            return der.Length;
        }

        if (der[1] < 0x80)
        {
            return 2 + der[1];
        }

        var lengthBytes = der[1] & 0x7F;
        if (lengthBytes is 0 or > LengthBytesMax || der.Length < 2 + lengthBytes)
        {
            return der.Length;
        }

        var content = 0;
        foreach (var digit in der.Slice(2, lengthBytes))
        {
            content = (content << 8) | digit;
        }

        return 2 + lengthBytes + content;
    }
}
