namespace IndustrieFutur.Edge.Protocols.LineProtocol;

/// <summary>What became of one sample on its way into a line.</summary>
public enum LineOutcome
{
    Written,

    /// <summary>The line does not fit; nothing was written.</summary>
    NoRoom,

    /// <summary>Not a number, or infinite: no store takes that. Nothing was written.</summary>
    NotFinite,
}
