namespace IndustrieFutur.Edge.Protocols.Framed;

/// <summary>Knows one way of framing. Allocates nothing.</summary>
internal interface IFrameCutter
{
    /// <summary>The most bytes it may have to see at once.</summary>
    int BytesMax { get; }

    /// <summary>Looks at the head of what has arrived.</summary>
    FrameCut Cut(ReadOnlySpan<byte> bytes);

    /// <summary>Begins anew, at the boundary of a frame or somewhere inside one.</summary>
    void Reset(bool isInside);
}
