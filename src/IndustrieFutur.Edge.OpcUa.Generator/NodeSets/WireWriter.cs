using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Generator.NodeSets;

/// <summary>Writes the few types of OPC UA Binary that values of NodeSets are made of (OPC UA Part 6, 5.2).</summary>
internal sealed class WireWriter
{
    private readonly List<byte> _bytes = [];

    public static byte[] Write(Action<WireWriter> content)
    {
        var writer = new WireWriter();
        content(writer);
        return [.. writer._bytes];
    }

    public void Byte(byte value) => _bytes.Add(value);

    public void Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void UInt16(ushort value) => Number(value, 2);

    public void Int32(int value) => Number(value, 4);

    public void UInt32(uint value) => Number(value, 4);

    public void Int64(long value) => Number(value, 8);

    public void String(string? value) => ByteString(value is null ? null : Encoding.UTF8.GetBytes(value));

    public void ByteString(byte[]? value)
    {
        Int32(value?.Length ?? -1);
        _bytes.AddRange(value ?? []);
    }

    /// <summary>The long numeric form, which holds every number (Part 6, 5.2.2.9).</summary>
    public void NodeId(TableId id)
    {
        Byte(2);
        UInt16((ushort)id.Namespace);
        UInt32(id.Number);
    }

    public void LocalizedText(TableText text)
    {
        Byte((byte)((text.Locale is null ? 0 : 1) | (text.Text is null ? 0 : 2)));
        if (text.Locale is not null)
        {
            String(text.Locale);
        }

        if (text.Text is not null)
        {
            String(text.Text);
        }
    }

    public void QualifiedName(int space, string? name)
    {
        UInt16((ushort)space);
        String(name);
    }

    public void UInt32Array(uint[]? values)
    {
        Int32(values?.Length ?? -1);
        Array.ForEach(values ?? [], UInt32);
    }

    public void ExtensionObject(uint encoding, Action<WireWriter> body)
    {
        NodeId(TableId.Core(encoding));
        Byte(1);
        ByteString(Write(body));
    }

    /// <summary>The lowest byte first.</summary>
    private void Number(long value, int bytes)
    {
        for (var index = 0; index < bytes; index++)
        {
            Byte((byte)(value >> (8 * index)));
        }
    }
}
