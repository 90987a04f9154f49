namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>One metric to be written: in a birth with its name and datatype, in data by its alias alone.</summary>
[HotPath]
public readonly ref struct SparkplugMetric
{
    public SparkplugMetric()
    {
    }

    /// <summary>UTF-8; empty: not written, the alias stands for it.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Unique across the whole edge node; 0: not written.</summary>
    public ulong Alias { get; init; }

    /// <summary>Milliseconds since 1970 UTC.</summary>
    public ulong UtcMillis { get; init; }

    /// <summary>How the value is written: one of Int64, UInt64, Double, Boolean and String.</summary>
    public SparkplugType Type { get; init; }

    /// <summary>Births must carry the datatype, data should not (tck-id-payloads-metric-datatype-req).</summary>
    public bool TellsType { get; init; }

    public bool IsHistorical { get; init; }

    /// <summary>There is no value.</summary>
    public bool IsNull { get; init; }

    /// <summary>The value; of no interest for a text.</summary>
    public long Bits { get; init; }

    /// <summary>UTF-8; of no interest for anything but a text.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    public SparkplugQuality Quality { get; init; } = SparkplugQuality.Good;

    /// <summary>The engineering unit, UTF-8; empty: not written.</summary>
    public ReadOnlySpan<byte> Unit { get; init; }
}
