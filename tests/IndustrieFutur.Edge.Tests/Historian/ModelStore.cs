using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>A store in memory that does what a test tells it: takes, refuses to work, loses what is not confirmed.</summary>
internal sealed class ModelStore : IStore
{
    private readonly List<StoreBatch> _unconfirmed = [];
    private long _written;

    /// <summary>Thrown by the next writes and confirmations while it is set.</summary>
    public StoreException? Fault { get; set; }

    /// <summary>Answers confirmations with what it confirmed last: durable later.</summary>
    public bool HoldsBack { get; set; }

    /// <summary>Numbers that are durable.</summary>
    public SortedSet<ulong> Numbers { get; } = [];

    public long Confirmed { get; private set; }

    public IReadOnlyList<StreamMark> Marks { get; private set; } = [];

    public int Writes { get; private set; }

    public ValueTask<IReadOnlyList<StreamMark>> OpenAsync(CancellationToken cancellationToken) => new(Marks);

    public ValueTask<long> WriteAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        Writes++;
        ThrowIfFaulty();
        _unconfirmed.Add(batch);
        return new ValueTask<long>(++_written);
    }

    public ValueTask<long> ConfirmAsync(
        Func<long, IReadOnlyList<StreamMark>> marksAfter, bool flush, CancellationToken cancellationToken)
    {
        ThrowIfFaulty();
        if (!HoldsBack)
        {
            Marks = marksAfter(_written);
            foreach (var sample in _unconfirmed.SelectMany(batch => batch.Samples.Where((_, index) => !batch.IsRefused(index))))
            {
                Assert.True(Numbers.Add(sample.Number), $"{sample.Number} was stored twice");
            }

            _unconfirmed.Clear();
            Confirmed = _written;
        }

        return new ValueTask<long>(Confirmed);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void ThrowIfFaulty()
    {
        if (Fault is null)
        {
            return;
        }

        if (Fault.WritesLost)
        {
            _unconfirmed.Clear();
        }

        throw Fault;
    }
}
