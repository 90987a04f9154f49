namespace IndustrieFutur.Edge.Core.Links;

/// <summary>What a device that lives does not want of us: asking again soon changes nothing.</summary>
public enum LinkRefusal
{
    /// <summary>Nothing was refused; it is away, or the line is.</summary>
    None,

    /// <summary>A certificate, a licence, one session more: a device that has just started may say so without meaning it.</summary>
    Client,

    /// <summary>A user and password: each further try may lock the account.</summary>
    Login,
}
