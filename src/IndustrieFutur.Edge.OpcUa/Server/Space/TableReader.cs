using System.Text;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>Reads the numbers and texts of the table of models; the table is ours, so whatever does not fit is a build gone wrong and throws.</summary>
internal sealed class TableReader(byte[] bytes)
{
    public int Position { get; set; }

    public byte Byte() => bytes[Position++];

    public bool Boolean() => Byte() != 0;

    /// <summary>Seven bits to a byte, the lowest first.</summary>
    public int Number()
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            number |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }
    }

    public string[] Texts()
    {
        var texts = new string[Number()];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = Encoding.UTF8.GetString(Take(Number()).Span);
        }

        return texts;
    }

    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = bytes.AsMemory(Position, count);
        Position += count;
        return taken;
    }
}
