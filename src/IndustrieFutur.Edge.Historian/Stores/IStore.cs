using IndustrieFutur.Edge.Historian.Ingest;

namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>
/// Keeps samples, gaps and watermarks. Never called twice at the same time; throws <see cref="StoreException"/> when it cannot be used
/// now, and is called again later with the same.
/// </summary>
internal interface IStore : IAsyncDisposable
{
    /// <summary>Opens the store and returns the watermarks it has, for each stream the oldest first. Called again until it returns.</summary>
    ValueTask<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Looks whether the store still is the one that was opened; asked at least once a second, also when there is nothing to write.</summary>
    void Check()
    {
        // A store behind an address is asked with each write.
    }

    /// <summary>Gives the batch to the store, marking what it refuses for ever. Given is not durable: the confirmation says that.</summary>
    /// <returns>The number of this write, growing by one each time.</returns>
    ValueTask<long> WriteAsync(StoreBatch batch, CancellationToken cancellationToken);

    /// <summary>Makes writes durable, keeps the watermarks that they lead to, and returns the number of the last write that is durable.</summary>
    /// <param name="marksAfter">The watermarks that change once the write of the given number and all before it are durable.</param>
    /// <param name="flush">Somebody waits: do it now rather than together with later writes.</param>
    ValueTask<long> ConfirmAsync(Func<long, IReadOnlyList<StreamMark>> marksAfter, bool flush, CancellationToken cancellationToken);
}
