namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Finds the n-th field between a character; two in a row have an empty field between them.</summary>
internal sealed class SeparatorCut(byte separator, int index) : FieldCut
{
    /// <inheritdoc/>
    public override bool TryCut(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> field)
    {
        var rest = frame;
        for (var i = 1; i < index; i++)
        {
            var at = rest.IndexOf(separator);
            if (at < 0)
            {
                field = default;
                return false;
            }

            rest = rest[(at + 1)..];
        }

        var length = rest.IndexOf(separator);
        field = length < 0 ? rest : rest[..length];
        return true;
    }
}
