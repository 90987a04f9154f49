using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>From the backlog into a store that may fail in every way: nothing is settled before it is durable, nothing is lost.</summary>
public sealed class StoreWriterTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StoreScene _scene = new();
    private readonly ModelStore _store = new();
    private readonly HistorianStatus _status = new();
    private readonly Backlog _backlog;
    private readonly StoreWriter _writer;

    public StoreWriterTests()
    {
        _backlog = new Backlog(new HistorianOptions { Store = StoreKind.Embedded, BatchMax = 10, BatchEvery = TimeSpan.FromSeconds(1) }, _clock);
        _writer = new StoreWriter("h1", "model", _store, _backlog, _status, _clock, NullLogger.Instance);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_batch_is_written_when_it_is_full_or_has_waited_or_somebody_waits()
    {
        Take(1, 9);
        await StepAsync();
        Assert.Empty(_store.Numbers);

        Take(10, 10);
        await StepAsync();
        Assert.Equal(10, _store.Numbers.Count);

        Take(11, 12);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await StepAsync();
        Assert.Equal(12, _store.Numbers.Count);

        Take(13, 13);
        await StepAsync(flush: true);
        Assert.Equal(13, _store.Numbers.Count);
        Assert.Equal(13ul, _scene.Stream.Stored.UpTo);
    }

    [Fact]
    public async Task Nothing_is_settled_before_the_store_has_confirmed_it()
    {
        _store.HoldsBack = true;
        Take(1, 10);
        await StepAsync();
        Assert.Equal((0ul, 0), (_scene.Stream.Stored.UpTo, _writer.TakeSettled().Count));
        Assert.Equal(10, _writer.Count);

        _store.HoldsBack = false;
        await StepAsync();
        Assert.Equal(10ul, _scene.Stream.Stored.UpTo);
        Assert.Equal(10ul, _store.Marks[0].Stored.UpTo);
        Assert.Equal([("la-roche", "cell1")], _writer.TakeSettled());
        Assert.Equal((10L, 0), (_status.SamplesStored, _writer.Count));
    }

    [Fact]
    public async Task A_store_that_is_down_is_tried_again_with_growing_pauses_and_loses_nothing()
    {
        _store.Fault = new StoreException("down");
        Take(1, 25);
        for (var i = 0; i < 200; i++)
        {
            await StepAsync(flush: true);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_store.Writes, 4, 15);
        Assert.Equal((false, "down"), (_status.StoreReachable, _status.LastError));

        _store.Fault = null;
        _clock.Advance(TimeSpan.FromSeconds(15));
        await StepAsync(flush: true);
        await StepAsync(flush: true);
        await StepAsync(flush: true);
        Assert.Equal(25, _store.Numbers.Count);
        Assert.Equal((true, ""), (_status.StoreReachable, _status.LastError));
    }

    [Fact]
    public async Task Writes_that_a_store_has_lost_are_written_again_in_order()
    {
        _store.HoldsBack = true;
        Take(1, 20);
        await StepAsync();
        await StepAsync();
        _store.Fault = new StoreException("started anew") { WritesLost = true };
        await StepAsync();
        Assert.Equal(0ul, _scene.Stream.Stored.UpTo);

        _store.Fault = null;
        _store.HoldsBack = false;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await StepAsync();
        await StepAsync();

        Assert.Equal(20, _store.Numbers.Count);
        Assert.Equal(20ul, _scene.Stream.Stored.UpTo);
    }

    [Fact]
    public async Task A_store_that_says_when_to_come_again_is_believed_up_to_a_minute()
    {
        _store.Fault = new StoreException("busy") { RetryAfter = TimeSpan.FromHours(5) };
        Take(1, 10);
        await StepAsync();
        _store.Fault = null;

        _clock.Advance(TimeSpan.FromSeconds(59));
        await StepAsync();
        Assert.Empty(_store.Numbers);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await StepAsync();
        Assert.Equal(10, _store.Numbers.Count);
    }

    [Fact]
    public async Task What_is_refused_counts_as_done_with_its_cause()
    {
        _backlog.Add(_scene.Sample(1, 1.0));
        _backlog.Add(_scene.Sample(2, double.NaN));
        _backlog.Add(_scene.Sample(3, 3.0) with { Series = null });
        _backlog.Add(_scene.Sample(4, double.PositiveInfinity) with { Status = 0x8000_0000 });
        await StepAsync(flush: true);

        Assert.Equal([1ul, 4ul], _store.Numbers);
        Assert.Equal((4ul, 1ul), (_scene.Stream.Stored.UpTo, _scene.Stream.Stored.UpToBeforeRefused));
        Assert.Equal([new RefusedRange(2, 3, 2)], _scene.Stream.Stored.Refused);
        Assert.Equal((2L, 2L), (_status.SamplesStored, _status.SamplesRefused));
    }

    private void Take(ulong first, ulong last)
    {
        _scene.Stream.Hold(new SequenceRange(first, last));
        foreach (var sample in _scene.Samples(first, last))
        {
            _backlog.Add(sample);
        }
    }

    private async Task StepAsync(bool flush = false) => await _writer.StepAsync(flush, TestContext.Current.CancellationToken);
}
