namespace IndustrieFutur.Edge.Protocols.Links;

/// <summary>A link cannot be opened, or is gone: what happened, to which port or host, and what a person can do.</summary>
public sealed class LinkBrokenException : IOException
{
    public LinkBrokenException()
        : this("The link is gone.")
    {
    }

    public LinkBrokenException(string message)
        : base(message)
    {
    }

    public LinkBrokenException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
