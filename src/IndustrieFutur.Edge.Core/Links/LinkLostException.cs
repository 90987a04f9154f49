namespace IndustrieFutur.Edge.Core.Links;

/// <summary>The link to a device is gone or cannot be opened: what happened, to which port or host, and what a person can do.</summary>
public sealed class LinkLostException : Exception
{
    public LinkLostException()
        : this("The link is lost.")
    {
    }

    public LinkLostException(string message)
        : base(message)
    {
    }

    public LinkLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the device lives and does not want us, and what of us.</summary>
    public LinkRefusal Refusal { get; init; }
}
