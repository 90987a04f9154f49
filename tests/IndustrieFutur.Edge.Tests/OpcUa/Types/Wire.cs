using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>What a piece of writing leaves on the wire.</summary>
internal static class Wire
{
    internal delegate void Writing(ref UaWriter writer);

    public static byte[] Bytes(Writing write)
    {
        var buffer = new MessageBuffer(1 << 20);
        var writer = new UaWriter(buffer);
        write(ref writer);
        return buffer.Written.ToArray();
    }

    public static string Hex(Writing write) => Convert.ToHexString(Bytes(write));
}
