using IndustrieFutur.Edge.Cell.Tests.Servers;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// The other cells of a site whose broker is a cluster, as far as the broker is concerned: publishers at all nodes with messages of the size
/// of a hundred samples, and one subscriber with a session of its own. No code of ours but the way into a broker.
/// </summary>
internal sealed class OtherCells : IAsyncDisposable
{
    /// <summary>A node stores the messages of one connection one after the other: one alone would not fill it.</summary>
    private const int Publishers = 6;

    private readonly CancellationTokenSource _ending = new();
    private readonly OtherStore _store;
    private readonly OtherCell[] _cells;
    private readonly Task[] _running;

    public OtherCells(NatsCluster cluster, int messagesPerSecond)
    {
        _store = new OtherStore(cluster);
        _cells = [.. Enumerable.Range(0, Publishers).Select(cell => new OtherCell(cluster, cell, messagesPerSecond / Publishers))];
        _running = [_store.RunAsync(_ending.Token), .. _cells.Select(cell => cell.RunAsync(_ending.Token))];
    }

    /// <summary>Messages that the cluster has acknowledged.</summary>
    public long Acknowledged => _cells.Sum(cell => cell.AcknowledgedCount);

    /// <summary>Waits until the subscriber is there: what is published before it, nobody keeps.</summary>
    public Task ReadyAsync(TimeSpan limit, CancellationToken cancellation) =>
        Until.TrueAsync("the subscriber of the other cells to be let in", limit, () => _store.WasReady, cancellation);

    /// <summary>The cells may publish.</summary>
    public void Begin() => Array.ForEach(_cells, cell => cell.Begin());

    /// <summary>No cell publishes any more; waits until everything acknowledged has reached the subscriber, or so long. Returns how many have not.</summary>
    public async Task<long> EndAsync(TimeSpan limit, CancellationToken cancellation)
    {
        Array.ForEach(_cells, cell => cell.End());
        await Until.TrueAsync("the other cells to have their answers", limit, () => _cells.All(cell => cell.IsQuiet), cancellation);
        try
        {
            await Until.TrueAsync("every acknowledged message at the subscriber", limit, () => Lost() == 0, cancellation);
        }
        catch (TimeoutException)
        {
            // The number says it.
        }

        return Lost();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running);
        _ending.Dispose();
    }

    private long Lost() => Enumerable.Range(0, _cells.Length).Sum(cell => _store.Missing(cell, _cells[cell].Acknowledged()));
}
