using System.Globalization;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>One metric as it lies on the wire; null: the field is not there.</summary>
internal sealed record DecodedMetric
{
    public string? Name { get; init; }

    public ulong? Alias { get; init; }

    public ulong? Timestamp { get; init; }

    public ulong? Datatype { get; init; }

    public bool IsHistorical { get; init; }

    public bool IsNull { get; init; }

    /// <summary>The number of the field that carries the value; 0: none does.</summary>
    public int Field { get; init; }

    /// <summary>The value as text, the numbers of field 11 as they are on the wire, without sign.</summary>
    public string? Value { get; init; }

    /// <summary>Key, type and value of each property.</summary>
    public IReadOnlyList<(string Key, ulong Type, string Value)> Properties { get; init; } = [];

    public static DecodedMetric Read(ReadOnlySpan<byte> bytes)
    {
        var metric = new DecodedMetric();
        var reader = new ProtoReader(bytes);
        while (!reader.IsAtEnd)
        {
            var (field, number, body) = DecodedPayload.Next(ref reader);
            metric = field switch
            {
                1 => metric with { Name = DecodedPayload.Text(body) },
                2 => metric with { Alias = number },
                3 => metric with { Timestamp = number },
                4 => metric with { Datatype = number },
                5 => metric with { IsHistorical = number == 1 },
                7 => metric with { IsNull = number == 1 },
                9 => metric with { Properties = ReadProperties(body) },
                13 => metric with { Field = field, Value = BitConverter.UInt64BitsToDouble(number).ToString("R", CultureInfo.InvariantCulture) },
                14 => metric with { Field = field, Value = number == 0 ? "false" : "true" },
                15 => metric with { Field = field, Value = DecodedPayload.Text(body) },
                _ => metric with { Field = field, Value = number.ToString(CultureInfo.InvariantCulture) },
            };
        }

        return metric;
    }

    private static List<(string Key, ulong Type, string Value)> ReadProperties(byte[] bytes)
    {
        var (keys, values) = (new List<string>(), new List<(ulong Type, string Value)>());
        var reader = new ProtoReader(bytes);
        while (!reader.IsAtEnd)
        {
            var (field, _, body) = DecodedPayload.Next(ref reader);
            if (field == 1)
            {
                keys.Add(DecodedPayload.Text(body));
            }
            else
            {
                values.Add(ReadProperty(body));
            }
        }

        return [.. keys.Zip(values, (key, value) => (key, value.Type, value.Value))];
    }

    private static (ulong Type, string Value) ReadProperty(byte[] bytes)
    {
        var (type, value) = (0ul, "");
        var reader = new ProtoReader(bytes);
        while (!reader.IsAtEnd)
        {
            var (field, number, body) = DecodedPayload.Next(ref reader);
            (type, value) = field switch
            {
                1 => (number, value),
                8 => (type, DecodedPayload.Text(body)),
                _ => (type, number.ToString(CultureInfo.InvariantCulture)),
            };
        }

        return (type, value);
    }
}
