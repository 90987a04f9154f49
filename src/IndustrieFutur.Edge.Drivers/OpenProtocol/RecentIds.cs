namespace IndustrieFutur.Edge.Drivers.OpenProtocol;

/// <summary>The ids of the last results: one that comes again, because our acknowledgement was lost, is known by its id.</summary>
internal sealed class RecentIds
{
    /// <summary>A controller sends one again that was not acknowledged, the last or the one before; an id counts for a replaced controller too when it is older.</summary>
    private const int Kept = 64;

    private readonly long[] _ids = new long[Kept];
    private int _count;

    public bool Contains(long id) => _ids.AsSpan(0, Math.Min(_count, Kept)).Contains(id);

    public void Add(long id) => _ids[_count++ % Kept] = id;
}
