using System.Security.Cryptography;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool.Log;

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
    private SpoolOpening? _found;
    private ISampleTap[] _taps = [];
    private volatile bool _flush;

    /// <summary>For one sink, whatever its name.</summary>
    public TelemetrySpool(CellPlan plan, SpoolOptions options, Confirm confirm, IReadOnlyList<string> historians, LedgerCounters ledger)
        : this(plan, options, [new SpoolSink("", confirm, historians)], ledger)
    {
    }

    public TelemetrySpool(CellPlan plan, SpoolOptions options, IReadOnlyList<SpoolSink> sinks, LedgerCounters ledger)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        Plan = plan;
        Ledger = ledger;
        _options = options;
        Outlets = [.. sinks.Select((sink, index) => new SpoolOutlet(this, index, sink, new ReplayPace(options.ReplayPerSecond)))];
        var terms = new SpoolTerms(options.SamplesPerDevice, Outlets);
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

    /// <summary>One for each sink.</summary>
    public IReadOnlyList<SpoolOutlet> Outlets { get; }

    /// <summary>Samples accepted and not yet confirmed by every sink.</summary>
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

    /// <summary>Samples that the disk should have given back in this run and did not; gap records speak of them.</summary>
    public ulong Damaged => _streams.Aggregate(0ul, (sum, stream) => sum + stream.Damaged);

    /// <summary>Samples accepted that a kill of this process would take: the disk has them not yet, or fails.</summary>
    public long NotOnDisk => _store is null ? Pending : _streams.Sum(stream => (long)(stream.Next - Math.Min(stream.Next, stream.SafeNext)));

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
            _found = store.Open(restoreLastSource);
            _store = store;
            return _found;
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
                return;
            }

            Take(run, ring);
            ring.Release(ring.Position);
        }
    }

    /// <summary>The same over a ring that outlives this process: its slots are given back when their samples are committed, confirmed, or dropped.</summary>
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

            Take(run, ring);
            _held.Settle(ring);
        }
    }

    /// <summary>
    /// Before the first drain of a ring whose reader was killed: what it had accepted and neither committed nor settled is accepted again
    /// where the ring still has it, and booked as dropped where not. Returns how many are accepted again.
    /// </summary>
    /// <param name="ring">The output ring.</param>
    /// <param name="kept">Per signal, the samples that came back from the disk.</param>
    public int TakeOver(SampleRing ring, IReadOnlyList<long> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        int[] signalOf = [.. Plan.Signals.Select(signal => signal.Index)];
        Ledger.TakeOverReading(ring.Position.Sample);
        var again = ReadAgain(ring, signalOf);
        for (var signal = 0; signal < again.Length; signal++)
        {
            Ledger.TakeOverSpool(signal, again[signal], kept[signal]);
        }

        _ = TakeIn(ring, signalOf);
        return (int)again.Sum();
    }

    /// <summary>
    /// Puts a ring whose reader was killed back to where that one had committed or given back, and tells, per signal of the ring, how many it
    /// had read beyond and the disk does not have.
    /// </summary>
    /// <param name="ring">The ring.</param>
    /// <param name="signalOf">By its number in the ring, the number of a signal now; below 0: it is gone.</param>
    public long[] ReadAgain(SampleRing ring, IReadOnlyList<int> signalOf)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(signalOf);
        ring.ReleaseUpTo(_found?.Position ?? default);
        var again = new long[signalOf.Count];
        var passed = ring.TakeOverReading();
        for (var left = passed; left > 0;)
        {
            var run = ring.Peek(left);
            foreach (ref readonly var sample in run)
            {
                again[sample.Signal] += IsOnDisk(signalOf[sample.Signal], sample) ? 0 : 1;
            }

            ring.Pass(run.Length);
            left -= run.Length;
        }

        _ = ring.TakeOverReading();
        return again;
    }

    /// <summary>
    /// Accepts what lies in the ring of an earlier run, whose signals may have had other numbers, but for what the disk has already; before
    /// the first drain. It is committed as it comes, and no slot is given back. Returns how many it took, and how many have no signal today.
    /// </summary>
    /// <param name="ring">The ring, read from where <see cref="ReadAgain"/> put it.</param>
    /// <param name="signalOf">By its number then, the number of a signal now; below 0: it is gone.</param>
    public (long Taken, long LeftOut) TakeIn(SampleRing ring, IReadOnlyList<int> signalOf)
    {
        ArgumentNullException.ThrowIfNull(ring);
        ArgumentNullException.ThrowIfNull(signalOf);
        var (taken, leftOut) = (0L, 0L);
        while (true)
        {
            var run = ring.Peek(RunMax);
            if (run.Length == 0)
            {
                Ledger.ForgetReading();
                return (taken, leftOut);
            }

            foreach (ref readonly var sample in run)
            {
                var signal = signalOf[sample.Signal];
                if (signal >= 0 && !IsOnDisk(signal, sample))
                {
                    Accept([new Sample(signal, sample.Status, sample.Bits, sample.SourceUtcNanos, sample.ArrivalMonoNanos)], ring);
                    taken++;
                }
                else
                {
                    ring.Pass(1);
                    leftOut += signal < 0 ? 1 : 0;
                }
            }

            BeginAt(ring);
        }
    }

    /// <summary>Commits which ring is read, and from where: what an earlier commit said was of another one. Before the first drain.</summary>
    public void BeginAt(SampleRing ring)
    {
        ArgumentNullException.ThrowIfNull(ring);
        lock (_accepting)
        {
            _accepted = ring.Position;
        }

        Store();
    }

    /// <summary>What a sink is to send; a spool for one sink has it under any name.</summary>
    public SpoolOutlet OutletOf(string sink) =>
        Outlets.Count == 1 ? Outlets[0] : Outlets.First(outlet => outlet.Sink.Id == sink);

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

    /// <summary>A run of the ring that this spool drains.</summary>
    private void Take(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        lock (_accepting)
        {
            Accept(run, ring);
            _accepted = ring.Position;
        }
    }

    /// <summary>A kill in the midst of a commit leaves samples in the log that the commit's word of the ring does not speak of yet.</summary>
    private bool IsOnDisk(int signal, in Sample sample) => _found is not null && _found.Ahead.Contains((signal, sample.SourceUtcNanos));

    private void Accept(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        Append(run, ring);
        foreach (var tap in _taps)
        {
            tap.Take(run, ring);
        }
    }

    /// <summary>Each sample is passed as soon as it is booked, so that who takes over from a spool that was killed here books it once.</summary>
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
            stream.Append(sample, isText ? ring.Text(sample) : default, ring.Position.Sample);
            ring.Pass(1);
        }

        held?.Exit();
    }
}
