namespace IndustrieFutur.Edge.OpcUa.Client;

/// <summary>How many things one request of a kind may hold; it shrinks when the server refuses and never grows again for this server.</summary>
internal sealed class BatchSize
{
    /// <summary>For a server that sets no limit: more at once saves nothing, and holds up notifications.</summary>
    public const int Default = 1000;

    public int Items { get; private set; } = Default;

    /// <summary>What the server says of itself; 0 = nothing.</summary>
    public void LimitTo(uint itemsMax)
    {
        if (itemsMax > 0 && itemsMax < Items)
        {
            Items = (int)itemsMax;
        }
    }

    /// <summary>So many were too many.</summary>
    public void Shrink(int tried) => Items = Math.Max(1, Math.Min(Items, tried / 2));
}
