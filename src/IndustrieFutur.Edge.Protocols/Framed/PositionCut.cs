namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Finds a field by its place.</summary>
internal sealed class PositionCut(int first, int length) : FieldCut
{
    /// <inheritdoc/>
    public override bool TryCut(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> field)
    {
        var start = first - 1;
        field = start < frame.Length ? frame.Slice(start, Math.Min(length, frame.Length - start)) : default;
        return start < frame.Length;
    }
}
