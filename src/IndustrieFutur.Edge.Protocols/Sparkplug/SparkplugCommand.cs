namespace IndustrieFutur.Edge.Protocols.Sparkplug;

/// <summary>One metric of an NCMD or DCMD as it came: what a host wants written, by name or by alias.</summary>
public ref struct SparkplugCommand
{
    /// <summary>UTF-8; empty when the host sent none.</summary>
    public ReadOnlySpan<byte> Name { get; internal set; }

    /// <summary>0 when the host sent none: ours begin at 1.</summary>
    public ulong Alias { get; internal set; }

    /// <summary>Milliseconds since 1970 UTC; 0 when the host sent none.</summary>
    public ulong UtcMillis { get; internal set; }

    /// <summary>As the value lies on the wire: Int32 (up to 32 bits, unsigned as protobuf carries them), Int64, Float, Double, Boolean, String; Unknown: no value that we read.</summary>
    public SparkplugType Wire { get; internal set; }

    /// <summary>The datatype that the host wrote beside it; Unknown when it wrote none.</summary>
    public SparkplugType Type { get; internal set; }

    /// <summary>Integer, boolean, or the bits of a float or double.</summary>
    public long Bits { get; internal set; }

    /// <summary>UTF-8, for a String.</summary>
    public ReadOnlySpan<byte> Text { get; internal set; }

    public bool IsNull { get; internal set; }
}
