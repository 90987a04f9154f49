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

/// <summary>A spool of two streams over a disk of 16 MiB, with a historian behind each sink, killed and started anew over the same folder.</summary>
internal sealed class TwoStreamScene : IDisposable
{
    private const string Witness = "w";

    private readonly BatchTerms _terms = new(1_000, 250_000_000);
    private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(1_000, 16)];
    private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(1_000)];
    private readonly CellPlan _plan = TwoStreams.Plan();
    private readonly List<IDisposable> _past = [];
    private readonly ulong[] _epochs = new ulong[2];
    private readonly string[] _names;
    private readonly int _samplesInMemory;
    private HotMemory _memory;
    private LedgerCounters _ledger;

    /// <param name="sinks">How many there are with a historian whose word is awaited.</param>
    /// <param name="samplesInMemory">Of each stream.</param>
    /// <param name="hasWitness">The last sink is another one, whose broker's word counts.</param>
    public TwoStreamScene(int sinks = 1, int samplesInMemory = 4_096, bool hasWitness = false)
    {
        _samplesInMemory = samplesInMemory;
        _names = [.. Enumerable.Range(1, sinks).Select(number => $"h{number}"), .. hasWitness ? [Witness] : Array.Empty<string>()];
        Historians = [.. _plan.Devices.Select(_ => _names.Select(_ => new ModelHistorian()).ToArray())];
        Disk = new FailingDisk(Clock);
        (_memory, _ledger, Spool) = Start();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("two-").FullName;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FailingDisk Disk { get; }

    public TelemetrySpool Spool { get; private set; }

    public SpoolOpening Opening { get; private set; } = null!;

    /// <summary>By stream and sink.</summary>
    public ModelHistorian[][] Historians { get; }

    public LedgerEntry Entry(int stream) => _ledger.Read(_plan.Devices[stream].Signals[0].Index);

    public void Kill(Action<string>? beforeOpening = null)
    {
        _past.Add(Spool);
        _past.Add(_memory);
        beforeOpening?.Invoke(Folder);
        (_memory, _ledger, Spool) = Start();
    }

    /// <summary>Each sample's value is its number.</summary>
    public void Append(int at, int count)
    {
        var stream = Spool.Streams[at];
        stream.Enter();
        for (var left = count; left > 0; left--)
        {
            var (signal, number) = (stream.Device.Signals[0].Index, stream.Next);
            _ledger.ProducedByStage(signal);
            stream.Append(new Sample(signal, 0, BitConverter.DoubleToInt64Bits(number), (long)number, 0), default);
        }

        stream.Exit();
    }

    public void AppendInTime(int at, int count)
    {
        for (var left = count; left > 0; left -= 2_000)
        {
            Append(at, Math.Min(left, 2_000));
            Spool.Store();
        }
    }

    public void Mend()
    {
        Disk.WriteFails = null;
        Clock.Advance(TimeSpan.FromSeconds(2));
        Spool.Store();
    }

    /// <summary>So many messages to one sink; false: there were not so many.</summary>
    public bool Send(int at, int sink, int messages, bool arrives = true, bool? isAcknowledged = true)
    {
        HearOfEpochs();
        for (; messages > 0; messages--)
        {
            if (!SendOne(at, Spool.Streams[at], Spool.Streams[at].Cursors[sink], arrives, isAcknowledged))
            {
                return false;
            }
        }

        return true;
    }

    public void SendSome(Random random)
    {
        HearOfEpochs();
        foreach (var (at, stream) in Spool.Streams.Index())
        {
            foreach (var cursor in stream.Cursors)
            {
                SendOne(at, stream, cursor, arrives: random.Next(4) > 0, isAcknowledged: random.Next(4) > 0);
            }
        }
    }

    public void Talk()
    {
        HearOfEpochs();
        foreach (var (at, stream) in Spool.Streams.Index())
        {
            foreach (var cursor in stream.Cursors)
            {
                var (historian, name) = (Historians[at][cursor.Outlet.Index], _names[cursor.Outlet.Index]);
                foreach (var hole in historian.Holes(stream.Head(cursor, flush: true)).ToArray())
                {
                    stream.RequestReplay(cursor, name, hole.From, hole.To);
                }

                stream.ApplyStored(cursor, name, historian.Stored(stream).Streams[0]);
            }
        }
    }

    /// <summary>Until every historian is at the end of every stream, or no more happens.</summary>
    public void Converge()
    {
        for (var round = 0; round < 60 && !IsDone(); round++)
        {
            Spool.Store();
            HearOfEpochs();
            foreach (var (at, stream) in Spool.Streams.Index())
            {
                foreach (var cursor in stream.Cursors)
                {
                    while (SendOne(at, stream, cursor, arrives: true, isAcknowledged: true))
                    {
                    }
                }
            }

            Talk();
        }
    }

    /// <summary>Nothing is pending, each number is stored or dropped, and the historians have just what the ledger says.</summary>
    public void Judge(string what)
    {
        foreach (var (at, stream) in Spool.Streams.Index())
        {
            var entry = Entry(at);
            Assert.True(entry.Pending == 0 && entry.IsBalanced && stream.Pending == 0, $"{what}{stream.Device.Id}: {stream.Pending} pending, {entry}");
            Assert.All(Historians[at], historian => Assert.Equal(stream.Next - 1, historian.UpTo));
            Assert.True(Historians[at].All(historian => historian.Numbers.All(pair => pair.Value == pair.Key)), $"{what}{stream.Device.Id}: a number has another's value");
            var everywhere = Historians[at][0].Numbers.Keys.Count(number => Array.TrueForAll(Historians[at], historian => historian.Numbers.ContainsKey(number)));
            Assert.True(everywhere == entry.Stored, $"{what}{stream.Device.Id}: {everywhere} at all historians, {entry}");
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

    private bool IsDone() => Spool.Pending == 0
        && Spool.Streams.Index().All(pair => Array.TrueForAll(Historians[pair.Index], historian => historian.UpTo == pair.Item.Next - 1));

    private bool SendOne(int at, StreamSpool stream, SinkCursor cursor, bool arrives, bool? isAcknowledged)
    {
        var length = stream.Take(cursor, _terms, flush: true, 1, 0, _buffer, _scratch, out var sent);
        if (length == 0)
        {
            return false;
        }

        if (arrives)
        {
            Historians[at][cursor.Outlet.Index].Receive(_buffer.AsSpan(0, length));
        }

        if (isAcknowledged == true)
        {
            stream.Acknowledge(cursor, sent);
        }
        else if (isAcknowledged == false)
        {
            stream.Return(cursor, sent);
        }

        return true;
    }

    private void HearOfEpochs()
    {
        foreach (var (at, stream) in Spool.Streams.Index())
        {
            if (_epochs[at] != stream.Epoch)
            {
                _epochs[at] = stream.Epoch;
                for (var i = 0; i < _names.Length; i++)
                {
                    Historians[at][i] = Historians[at][i].UnderNewEpoch();
                }
            }
        }
    }

    private (HotMemory Memory, LedgerCounters Ledger, TelemetrySpool Spool) Start()
    {
        var memory = new HotMemory(1 << 18);
        var ledger = new LedgerCounters(memory, 4);
        var options = new SpoolOptions { SamplesPerDevice = _samplesInMemory, DiskMegabytes = 16, FreeMegabytes = 0, Fsync = FsyncPolicy.Os, ReplayPerSecond = 10_000_000 };
        var sinks = _names.Select(name => name == Witness ? new SpoolSink("to-" + name, Confirm.Puback, []) : new SpoolSink("to-" + name, Confirm.Stored, [name])).ToArray();
        var spool = new TelemetrySpool(_plan, options, sinks, ledger);
        Opening = spool.Open(Folder, Disk, Clock, _ => 0, (_, _) => { });
        spool.BeginAt(new SampleRing(memory, 1_024));
        return (memory, ledger, spool);
    }
}
