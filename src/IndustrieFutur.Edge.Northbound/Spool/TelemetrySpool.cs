using System.Security.Cryptography;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>Everything accepted and not yet confirmed, one stream a device. In memory, bounded; saved to a file at a clean stop.</summary>
public sealed class TelemetrySpool : IDisposable
{
    /// <summary>Samples taken from the ring at a time: the lock of a stream is never held longer than this takes.</summary>
    private const int RunMax = 512;

    private readonly StreamSpool[] _streams;
    private readonly StreamSpool[] _streamOfSignal;
    private readonly ValueKind[] _kinds;
    private readonly HeldRing _held;
    private ISampleTap[] _taps = [];
    private volatile bool _flush;

    public TelemetrySpool(CellPlan plan, SpoolOptions options, Confirm confirm, IReadOnlyList<string> historians, LedgerCounters ledger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        Plan = plan;
        Ledger = ledger;
        var terms = new SpoolTerms(options.SamplesPerDevice, confirm, historians);
        _streams = [.. plan.Devices.Select(device => new StreamSpool(plan, device, terms, ledger, NewEpoch()))];
        _streamOfSignal = [.. plan.Signals.Select(signal => _streams.First(stream => stream.Device.Id == signal.Device))];
        _kinds = [.. plan.Signals.Select(signal => signal.Kind)];
        _held = new HeldRing(_streams);
    }

    /// <summary>Somebody waits for the watermark: everything is sent at once, and the historians are told to hurry.</summary>
    public bool Flush
    {
        get => _flush;
        set => _flush = value;
    }

    /// <summary>Samples accepted and not yet confirmed.</summary>
    public long Pending => _streams.Sum(stream => (long)stream.Pending);

    /// <summary>Everything that an earlier run left is confirmed, or dropped.</summary>
    public bool IsPastRestored => Array.TrueForAll(_streams, stream => stream.IsPastRestored);

    internal CellPlan Plan { get; }

    internal LedgerCounters Ledger { get; }

    internal IReadOnlyList<StreamSpool> Streams => _streams;

    /// <summary>How full the fullest stream is, 0 to 1.</summary>
    public double Fill => _streams.Max(stream => (double)stream.Pending / stream.Capacity);

    internal static ulong NewEpoch() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>Lets somebody else read what is accepted from now on. Before the spool's thread starts.</summary>
    public void Add(ISampleTap tap) => _taps = [.. _taps, tap];

    /// <summary>For the spool's own thread: accepts everything that lies in the ring. Allocates nothing.</summary>
    public void Drain(SampleRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        while (true)
        {
            var run = ring.Peek(RunMax);
            if (run.Length == 0)
            {
                return;
            }

            Accept(run, ring);
            ring.Advance(run.Length);
        }
    }

    /// <summary>The same over a ring that outlives this process: its slots are given back when their samples are confirmed, or dropped.</summary>
    public void DrainHolding(SampleRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        while (true)
        {
            var run = ring.Peek(RunMax);
            if (run.Length == 0)
            {
                _held.Settle(ring);
                return;
            }

            Accept(run, ring);
            ring.Pass(run.Length);
            _held.Settle(ring);
        }
    }

    /// <summary>
    /// Before the first drain of a ring whose reader was killed: what it had accepted and not settled is read again where the ring still has
    /// it, and booked as dropped where not. Returns how many are read again.
    /// </summary>
    /// <param name="ring">The output ring.</param>
    /// <param name="kept">Per signal, the samples that came back from a file.</param>
    public int TakeOver(SampleRing ring, IReadOnlyList<long> kept)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(kept);
        var again = new long[Plan.Signals.Count];
        var passed = ring.TakeOverReading();
        for (var left = passed; left > 0;)
        {
            var run = ring.Peek(left);
            foreach (ref readonly var sample in run)
            {
                again[sample.Signal]++;
            }

            ring.Pass(run.Length);
            left -= run.Length;
        }

        _ = ring.TakeOverReading();
        for (var signal = 0; signal < again.Length; signal++)
        {
            Ledger.TakeOverSpool(signal, again[signal], kept[signal]);
        }

        return passed;
    }

    public HeadMessage Head() => new([.. _streams.Select(stream => stream.Head(_flush))]);

    public void ApplyStored(string historian, StoredMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach (var stored in message.Streams)
        {
            Find(stored.Stream)?.ApplyStored(historian, stored);
        }
    }

    public void RequestReplay(ReplayMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var stream = Find(message.Stream);
        if (stream is not null && message.Epoch == StreamSpool.Hex(stream.Epoch))
        {
            stream.RequestReplay(message.From, message.To);
        }
    }

    public void Dispose()
    {
        foreach (var stream in _streams)
        {
            stream.Dispose();
        }
    }

    internal StreamSpool? Find(string device) => Array.Find(_streams, stream => stream.Device.Id == device);

    private void Accept(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        Append(run, ring);
        foreach (var tap in _taps)
        {
            tap.Take(run, ring);
        }
    }

    private void Append(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        StreamSpool? held = null;
        for (var i = 0; i < run.Length; i++)
        {
            ref readonly var sample = ref run[i];
            var stream = _streamOfSignal[sample.Signal];
            if (stream != held)
            {
                held?.Exit();
                stream.Enter();
                held = stream;
            }

            var isText = _kinds[sample.Signal] == ValueKind.Text && !StatusCode.IsBad(sample.Status);
            stream.Append(sample, isText ? ring.Text(sample) : default);
        }

        held?.Exit();
    }
}
