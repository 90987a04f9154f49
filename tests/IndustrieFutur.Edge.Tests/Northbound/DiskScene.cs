using System.Text;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using IndustrieFutur.Edge.Protocols.Telemetry;
using IndustrieFutur.Edge.Tests.Northbound.Log;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A spool on a disk of its own with a historian beyond it, killed and started anew over the same folder.</summary>
internal sealed class DiskScene : IDisposable
{
    private readonly BatchTerms _terms = new(100, 250_000_000);
    private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(100, 16)];
    private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(100)];
    private readonly List<IDisposable> _past = [];
    private readonly Dictionary<ulong, double> _values = [];
    private readonly int _diskMegabytes;
    private readonly bool _keepsRing;
    private CellPlan _plan = TestPlan.Make();
    private HotMemory _memory;
    private LedgerCounters _ledger;
    private SampleRing _ring;
    private long _produced;
    private ulong _epoch;

    /// <param name="diskMegabytes">The spool's share.</param>
    /// <param name="keepsRing">Ring and ledger outlive a kill, as memory that is shared with a sampler does.</param>
    public DiskScene(int diskMegabytes = 1_024, bool keepsRing = false)
    {
        _diskMegabytes = diskMegabytes;
        _keepsRing = keepsRing;
        Disk = new FailingDisk(Clock);
        (_memory, _ledger, _ring, Spool) = Start();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("disk-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FailingDisk Disk { get; }

    public TelemetrySpool Spool { get; private set; }

    public SpoolOpening Opening { get; private set; } = null!;

    /// <summary>Samples that were accepted a second time out of the ring after the last kill.</summary>
    public int ReadAgain { get; private set; }

    public ModelHistorian Historian { get; private set; } = new();

    public long[] LastSources { get; } = new long[2];

    public StreamSpool Stream => Spool.Streams[0];

    public SampleRing Ring => _ring;

    /// <summary>Samples that came by the ring.</summary>
    public long Produced => _produced;

    public LedgerEntry Entry => _ledger.Read(TestPlan.Number);

    /// <summary>The process is gone, whatever it had in memory with it; the next one opens the folder.</summary>
    public void Kill(Action? beforeOpening = null, CellPlan? plan = null)
    {
        _past.Add(Spool);
        _past.Add(_memory);
        Disk.WriteFails = null;
        Disk.KilledBehind = null;
        _plan = plan ?? _plan;
        beforeOpening?.Invoke();
        (_memory, _ledger, _ring, Spool) = Start();
    }

    /// <summary>What the machine's next start would find: the note of this one, with another name.</summary>
    public void PretendAnotherBoot()
    {
        using var log = new SegmentLog(Folder, new LogTerms(), Disk, Clock);
        log.Open();
        log.SetNote(SpoolRecovery.BootKey, [0, .. Encoding.UTF8.GetBytes("another")]);
        log.Commit();
    }

    public void Append(int count, long arrivalMonoNanos = 0)
    {
        Stream.Enter();
        for (var i = 0; i < count; i++)
        {
            _ledger.ProducedByStage(TestPlan.Number);
            _values[Stream.Next] = ++_produced;
            Stream.Append(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(_produced), 1_000_000 * _produced, arrivalMonoNanos), default);
        }

        Stream.Exit();
    }

    /// <summary>As a disk that keeps up has it: nothing leaves memory before it is written.</summary>
    public void AppendInTime(int count)
    {
        for (var left = count; left > 0; left -= 2_000)
        {
            Append(Math.Min(left, 2_000));
            Spool.Store();
        }
    }

    public void AppendText(string text)
    {
        Stream.Enter();
        Stream.Append(new Sample(TestPlan.Text, 0, 0, 1_000_000 * ++_produced, 0), Encoding.UTF8.GetBytes(text));
        Stream.Exit();
    }

    public void AppendByRing(int count)
    {
        WriteToRing(count);
        Drain();
    }

    public void WriteToRing(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _ledger.Produced(TestPlan.Number);
            Assert.True(_ring.TryWrite(new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(++_produced), 1_000_000 * _produced, 0)));
        }
    }

    public void Drain()
    {
        if (_keepsRing)
        {
            Spool.DrainHolding(_ring);
        }
        else
        {
            Spool.Drain(_ring);
        }
    }

    /// <summary>What the newest sample under a number was.</summary>
    public double ValueOf(ulong number) => _values[number];

    public (ulong First, bool IsReplay) TakeOne(long monoNow)
    {
        var length = Stream.Take(_terms, flush: false, 1, monoNow, _buffer, _scratch, out var sent);
        Assert.True(length > 0);
        Assert.True(TelemetryReader.TryOpen(_buffer.AsSpan(0, length), out var reader));
        Stream.Acknowledge(sent);
        return (reader.First, reader.IsReplay);
    }

    /// <summary>A message whose connection ends before it is acknowledged.</summary>
    public void TakeAndReturn(long monoNow)
    {
        Assert.True(Stream.Take(_terms, flush: false, 1, monoNow, _buffer, _scratch, out var sent) > 0);
        Stream.Return(sent);
    }

    public void SendAll(bool store = true)
    {
        if (store)
        {
            Spool.Store();
        }

        HearOfEpoch();
        int length;
        while ((length = Stream.Take(_terms, flush: true, 1, 0, _buffer, _scratch, out var sent)) > 0)
        {
            Historian.Receive(_buffer.AsSpan(0, length));
            Stream.Acknowledge(sent);
        }
    }

    /// <summary>The broker acknowledges all and loses it.</summary>
    public void LoseAll()
    {
        Spool.Store();
        while (Stream.Take(_terms, flush: true, 1, 0, _buffer, _scratch, out var sent) > 0)
        {
            Stream.Acknowledge(sent);
        }
    }

    /// <summary>Some messages, some of them lost, some not acknowledged.</summary>
    public void SendSome(Random random)
    {
        HearOfEpoch();
        for (var i = random.Next(0, 8); i > 0; i--)
        {
            var length = Stream.Take(_terms, flush: true, 1, 0, _buffer, _scratch, out var sent);
            if (length == 0)
            {
                return;
            }

            if (random.Next(4) > 0)
            {
                Historian.Receive(_buffer.AsSpan(0, length));
            }

            if (random.Next(4) > 0)
            {
                Stream.Acknowledge(sent);
            }
            else
            {
                Stream.Return(sent);
            }
        }
    }

    /// <summary>The disk takes again what it is given, and is tried at once.</summary>
    public void Mend()
    {
        Disk.WriteFails = null;
        Clock.Advance(TimeSpan.FromSeconds(2));
        Spool.Store();
    }

    public void Talk()
    {
        HearOfEpoch();
        foreach (var hole in Historian.Holes(Spool.Head().Streams[0]).ToArray())
        {
            Spool.RequestReplay(hole);
        }

        Spool.ApplyStored("h1", Historian.Stored(Stream));
    }

    /// <summary>Until nothing is pending, or no more happens.</summary>
    public void Converge()
    {
        for (var round = 0; round < 200 && (round == 0 || Spool.Pending > 0); round++)
        {
            SendAll();
            Talk();
        }
    }

    public void Dispose()
    {
        Spool.Dispose();
        _memory.Dispose();
        foreach (var one in _past)
        {
            one.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A new numbering begins with nothing; what an epoch of before brought is in the store all the same.</summary>
    private void HearOfEpoch()
    {
        if (_epoch == Stream.Epoch)
        {
            return;
        }

        _epoch = Stream.Epoch;
        Historian = Historian.UnderNewEpoch();
    }

    private (HotMemory Memory, LedgerCounters Ledger, SampleRing Ring, TelemetrySpool Spool) Start()
    {
        var isTakenOver = _keepsRing && _memory is not null;
        var memory = isTakenOver ? new HotMemory(_memory!) : new HotMemory(1 << 18);
        var ledger = new LedgerCounters(memory, 2);
        var ring = new SampleRing(memory, 4_096);
        var options = new SpoolOptions { SamplesPerDevice = 4_096, DiskMegabytes = _diskMegabytes, FreeMegabytes = 0, Fsync = FsyncPolicy.Os };
        var spool = new TelemetrySpool(_plan, options, Confirm.Stored, ["h1"], ledger);
        Opening = spool.Open(Folder, Disk, Clock, signal => 1_000 + signal, isTakenOver ? null : (signal, source) => LastSources[signal] = source);
        if (isTakenOver)
        {
            ReadAgain = spool.TakeOver(ring, Opening.Kept);
        }

        spool.BeginAt(ring);
        return (memory, ledger, ring, spool);
    }
}
