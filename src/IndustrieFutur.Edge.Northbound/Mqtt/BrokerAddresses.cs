namespace IndustrieFutur.Edge.Northbound.Mqtt;

/// <summary>The addresses of one broker in the order in which its nodes are tried: one attempt each, and from the last on to the first.</summary>
public sealed class BrokerAddresses
{
    private int _next;

    public BrokerAddresses(BrokerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        All = [.. options.Urls.Prepend(options.Url).Distinct()];
        Current = All[0];
    }

    public IReadOnlyList<string> All { get; }

    /// <summary>The address of the last attempt; before there was one, the first address.</summary>
    public string Current { get; private set; }

    /// <summary>The address of the next attempt.</summary>
    public string Next()
    {
        Current = All[_next];
        _next = (_next + 1) % All.Count;
        return Current;
    }
}
