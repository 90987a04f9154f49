using System.Text;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A Sparkplug payload as it lies on the wire; null: the field is not there. The foreign decoder says whether this one is right.</summary>
internal sealed record DecodedPayload(ulong? Timestamp, ulong? Seq, IReadOnlyList<DecodedMetric> Metrics)
{
    public static DecodedPayload Read(byte[] bytes)
    {
        var (timestamp, seq, metrics) = ((ulong?)null, (ulong?)null, new List<DecodedMetric>());
        var reader = new ProtoReader(bytes);
        while (!reader.IsAtEnd)
        {
            var (field, number, body) = Next(ref reader);
            switch (field)
            {
                case 1:
                    timestamp = number;
                    break;
                case 2:
                    metrics.Add(DecodedMetric.Read(body));
                    break;
                case 3:
                    seq = number;
                    break;
                default:
                    Assert.Fail($"A payload of ours has no field {field}.");
                    break;
            }
        }

        return new DecodedPayload(timestamp, seq, metrics);
    }

    /// <summary>The next field: its number, and its value as the wire has it.</summary>
    public static (int Field, ulong Number, byte[] Body) Next(ref ProtoReader reader)
    {
        Assert.True(reader.TryTag(out var field, out var wire));
        var (number, body) = (0ul, Array.Empty<byte>());
        switch (wire)
        {
            case ProtoWire.Varint:
                Assert.True(reader.TryVarint(out number));
                break;
            case ProtoWire.Fixed64:
                Assert.True(reader.TryFixed64(out var bits));
                number = (ulong)bits;
                break;
            default:
                Assert.Equal(ProtoWire.Length, wire);
                Assert.True(reader.TryBytes(out var bytes));
                body = bytes.ToArray();
                break;
        }

        return (field, number, body);
    }

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
