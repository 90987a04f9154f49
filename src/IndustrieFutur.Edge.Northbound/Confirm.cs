namespace IndustrieFutur.Edge.Northbound;

/// <summary>What frees a sample from the spool.</summary>
public enum Confirm
{
    Stored,
    Puback,
    None,
}
