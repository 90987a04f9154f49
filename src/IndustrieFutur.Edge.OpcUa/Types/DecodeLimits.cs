namespace IndustrieFutur.Edge.OpcUa.Types;

/// <summary>What a decoder believes at most, whatever the bytes claim. Every length is also held against the bytes that are really there.</summary>
public sealed record DecodeLimits
{
    public static readonly DecodeLimits Default = new();

    /// <summary>Longest text in bytes: as long as the longest message we take.</summary>
    public int StringBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Longest byte string: as long as the longest message we take.</summary>
    public int ByteStringBytesMax { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most elements of one array: sixteen times 65,535, more than any device of a cell holds in one node.</summary>
    public int ArrayLengthMax { get; init; } = 65_535 * 16;

    /// <summary>Deepest nesting of Variants, extension objects and diagnostic infos: what OPC UA Part 6, 5.2.2.12 asks decoders to take.</summary>
    public int DepthMax { get; init; } = 100;
}
