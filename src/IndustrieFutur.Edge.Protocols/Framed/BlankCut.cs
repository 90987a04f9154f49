namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Finds the n-th field between blanks and tabs; several together are one separator, and those at the ends separate nothing.</summary>
internal sealed class BlankCut(int index) : FieldCut
{
    /// <inheritdoc/>
    public override bool TryCut(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> field)
    {
        field = default;
        var rest = frame;
        for (var i = 0; i < index; i++)
        {
            var start = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (start < 0)
            {
                field = default;
                return false;
            }

            rest = rest[start..];
            var length = rest.IndexOfAny((byte)' ', (byte)'\t');
            field = length < 0 ? rest : rest[..length];
            rest = rest[field.Length..];
        }

        return true;
    }
}
