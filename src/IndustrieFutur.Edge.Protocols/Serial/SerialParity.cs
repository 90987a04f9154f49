namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>The check bit of each character on a serial line.</summary>
public enum SerialParity
{
    None,
    Odd,
    Even,
    Mark,
    Space,
}
