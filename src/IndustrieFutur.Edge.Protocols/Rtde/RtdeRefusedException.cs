namespace IndustrieFutur.Edge.Protocols.Rtde;

/// <summary>The controller answers and says no: what it refused, and what a person can do.</summary>
public sealed class RtdeRefusedException : IOException
{
    public RtdeRefusedException()
        : this("The controller refuses.")
    {
    }

    public RtdeRefusedException(string message)
        : base(message)
    {
    }

    public RtdeRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
