namespace IndustrieFutur.Edge.Drivers.Framed;

/// <summary>Which byte of a number comes first.</summary>
public enum ByteOrder
{
    Little,
    Big,
}
