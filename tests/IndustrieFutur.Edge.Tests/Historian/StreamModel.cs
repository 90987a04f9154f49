using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>An edge, an unreliable way and a store in their simplest form, around the real state of a stream.</summary>
internal sealed class StreamModel(int seed)
{
    /// <summary>Turns until everything must be stored: a request of 5 s each for more holes than can be.</summary>
    private const int TurnsMax = 2_000;

    private static readonly StreamKey Key = new("g", "e", "plc");

    private readonly Random _random = new(seed);
    private readonly FakeTimeProvider _clock = new();
    private readonly HashSet<ulong> _store = [];
    private readonly List<SequenceRange> _delayed = [];
    private readonly List<SequenceRange> _buffered = [];
    private StreamState? _state;
    private Watermark _kept = new();
    private ulong _next = 1;
    private ulong _oldest = 1;

    public int Produced => (int)(_next - 1);

    public int StoredCount => _store.Count;

    public int StoredTwice { get; private set; }

    public ulong UpTo => State.Stored.UpTo;

    private StreamState State => _state ??= new StreamState(Key, 1, _clock, _kept.Clone());

    public void Suffer(StreamMishap what)
    {
        var before = UpTo;
        switch (what)
        {
            case StreamMishap.Sent:
                Receive(Produce());
                break;
            case StreamMishap.Lost:
                Produce();
                break;
            case StreamMishap.Doubled:
                Receive(Produce());
                Receive(new SequenceRange(Math.Max(1, _next - (ulong)Math.Min(_random.Next(1, 40), Produced)), _next - 1));
                break;
            case StreamMishap.Delayed:
                _delayed.Add(Produce());
                break;
            case StreamMishap.DelayedArrives when _delayed.Count > 0:
                var at = _random.Next(_delayed.Count);
                Receive(_delayed[at]);
                _delayed.RemoveAt(at);
                break;
            case StreamMishap.Stored:
                Store();
                break;
            case StreamMishap.StoreLosesWrites:
                _buffered.ForEach(range => State.Release(range));
                _buffered.Clear();
                break;
            case StreamMishap.Head:
                Look(answerLost: _random.Next(3) == 0);
                break;
            case StreamMishap.HistorianRestarts:
                _state = null;
                _buffered.Clear();
                break;
            default:
                break;
        }

        Assert.True(UpTo >= before, $"the watermark went back from {before} to {UpTo} (seed {seed})");
    }

    /// <summary>The way has become reliable: heads, requests and answers until everything is stored.</summary>
    public void Drain()
    {
        _delayed.Clear();
        for (var turn = 0; turn < TurnsMax && UpTo < _next - 1; turn++)
        {
            Look(answerLost: false);
            Store();
        }
    }

    private SequenceRange Produce()
    {
        var first = _next;
        _next += (ulong)_random.Next(1, 20);
        return new SequenceRange(first, _next - 1);
    }

    private void Receive(SequenceRange range)
    {
        // What the edge has freed it never sends.
        if (range.Last >= _oldest)
        {
            _buffered.AddRange(State.Hold(range));
        }
    }

    private void Store()
    {
        foreach (var range in _buffered)
        {
            for (var number = range.First; number <= range.Last; number++)
            {
                StoredTwice += _store.Add(number) ? 0 : 1;
            }

            State.Settle(range, 0);
        }

        _buffered.Clear();
        _kept = State.Stored.Clone();
        _oldest = Math.Max(_oldest, UpTo + 1);
    }

    private void Look(bool answerLost)
    {
        // A message the broker has acknowledged is no longer announced, and may still be late.
        SequenceRange[] announced = _random.Next(2) == 0 ? [.. _delayed] : [];
        _clock.Advance(TimeSpan.FromSeconds(1));
        State.Observe(new StreamHead("plc", "0000000000000001", _oldest, _next, announced, false));
        if (State.Ask() is { } ask && !answerLost)
        {
            Assert.InRange(ask.To, ask.From, _next - 1);
            Receive(new SequenceRange(ask.From, ask.To));
        }
    }
}
