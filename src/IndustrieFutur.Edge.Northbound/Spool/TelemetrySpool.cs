using System.Security.Cryptography;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Northbound.Spool;

/// <summary>
/// Everything accepted and not yet confirmed, one stream a device: the newest in memory, all of it on the disk after <see cref="Store"/>
/// has run. Bounded.
/// </summary>
public sealed class TelemetrySpool : IDisposable
{
    /// <summary>Samples taken from the ring at a time: the lock of a stream is never held longer than this takes.</summary>
    private const int RunMax = 512;

    private readonly StreamSpool[] _streams;
    private readonly StreamSpool[] _streamOfSignal;
    private readonly ValueKind[] _kinds;
    private readonly HeldRing _held;
    private readonly SpoolOptions _options;

    // Held while a run is accepted, and while the disk's thread looks where that ends: a commit is whole runs.
    private readonly Lock _accepting = new();
    private RingPosition _accepted;
    private SpoolStore? _store;
    private ISampleTap[] _taps = [];
    private volatile bool _flush;

    public TelemetrySpool(CellPlan plan, SpoolOptions options, Confirm confirm, IReadOnlyList<string> historians, LedgerCounters ledger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        Plan = plan;
        Ledger = ledger;
        _options = options;
        var terms = new SpoolTerms(options.SamplesPerDevice, confirm, historians, new ReplayPace(options.ReplayPerSecond));
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

    /// <summary>How full the disk's share is, or without a disk the fullest stream, 0 to 1.</summary>
    public double Fill => _store?.Fill ?? _streams.Max(stream => (double)stream.Pending / stream.Capacity);

    /// <summary>What the spool takes of the disk.</summary>
    public long BytesOnDisk => _store?.BytesOnDisk ?? 0;

    /// <summary>What is wrong with the disk just now; null: nothing.</summary>
    public LogTrouble? Trouble => _store?.Trouble;

    /// <summary>Samples accepted that a kill of this process would take: the disk has them not yet, or fails.</summary>
    public long NotOnDisk => _store is null ? Pending : _streams.Sum(stream => (long)(stream.Next - Math.Min(stream.Next, stream.SafeNext)));

    /// <summary>
    /// Everything before this place of the ring is committed: a kill of this process takes none of it, so the ring may give it back. The
    /// commit holds it too: <see cref="SpoolOpening.Position"/> is where a new process goes on reading.
    /// </summary>
    public RingPosition SafePosition => _store?.SafePosition ?? default;

    internal static ulong NewEpoch() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    /// <summary>
    /// Takes up what an earlier run left on the disk, and keeps everything accepted from now on there. Before the first sample. Throws
    /// <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when the folder cannot be had at all.
    /// </summary>
    /// <param name="folder">Of this spool alone.</param>
    /// <param name="clock">The time of the records, and of intervals.</param>
    /// <param name="lastSource">The last source time of a signal, to be kept with the ledger.</param>
    /// <param name="restoreLastSource">Told the last source time of each signal; null when loop and ledger have gone on since and know better.</param>
    public SpoolOpening Open(string folder, TimeProvider clock, Func<int, long> lastSource, Action<int, long>? restoreLastSource) =>
        Open(folder, new LogDisk(), clock, lastSource, restoreLastSource);

    internal SpoolOpening Open(string folder, ILogDisk disk, TimeProvider clock, Func<int, long> lastSource, Action<int, long>? restoreLastSource)
    {
        var store = new SpoolStore(this, folder, disk, _options, clock, lastSource);
        try
        {
            var opening = store.Open(restoreLastSource);
            _store = store;
            return opening;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>For the disk's own thread, some times a second: brings what was accepted to the disk, and makes room there.</summary>
    public void Store() => _store?.Store();

    /// <summary>The last word of an orderly stop: everything is on the disk, whatever the policy. False: it is not, see <see cref="Trouble"/>.</summary>
    public bool Close() => _store?.Close() ?? false;

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
                NotePosition(ring);
                return;
            }

            lock (_accepting)
            {
                Accept(run, ring);
                ring.Advance(run.Length);
                _accepted = ring.Position;
            }
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
                NotePosition(ring);
                _held.Settle(ring);
                return;
            }

            lock (_accepting)
            {
                Accept(run, ring);
                ring.Pass(run.Length);
                _accepted = ring.Position;
            }

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
        _store?.Dispose();
        foreach (var stream in _streams)
        {
            stream.Dispose();
        }
    }

    /// <summary>Where the ring has been read to, and the numbers that its samples got, as of one moment.</summary>
    internal RingPosition Capture(Span<ulong> nexts)
    {
        lock (_accepting)
        {
            for (var i = 0; i < nexts.Length; i++)
            {
                nexts[i] = _streams[i].Next;
            }

            return _accepted;
        }
    }

    internal StreamSpool? Find(string device) => Array.Find(_streams, stream => stream.Device.Id == device);

    private void NotePosition(SampleRing ring)
    {
        lock (_accepting)
        {
            _accepted = ring.Position;
        }
    }

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
