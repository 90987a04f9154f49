using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>From the bytes of read(2) to the encoded payload, over a million samples: no thread of the path allocates a byte.</summary>
public sealed class HotZeroBytesProof
{
    private const int Registers = 100;
    private const int BatchMax = 500;

    [Fact]
    [Trait("Proof", "hot-zero-bytes")]
    public void The_way_of_a_sample_allocates_nothing_on_any_thread()
    {
        var samplesMin = Proof.Length(1_000_000, 100_000);
        using var workplace = new Workplace();
        using var cable = SlaveOnPty.Plug(workplace.PathOf("port"));
        var configuration = Load(workplace);
        using var path = new Path3(configuration);

        // Tiering compiles in the background; warm first, then count on the three threads at once.
        path.Run(samplesMin / 5);
        var allocated = path.Run(samplesMin);

        Assert.True(path.Encoded >= samplesMin, $"only {path.Encoded} samples came through");
        Assert.Equal((0, 0, 0), allocated);
        Proof.Say($"{path.Encoded} samples from read(2) to the encoded payload: {allocated.Link} B on the link's thread, {allocated.Sampling} B on the sampling thread, {allocated.Spool} B on the spool's and encoder's thread");
    }

    private static EdgeConfiguration Load(Workplace workplace)
    {
        var device = Configurations.Registers(Configurations.Serial(workplace.PathOf("port")), Registers, "1ms");
        var reading = EdgeConfiguration.Load(workplace.Write(Configurations.Cell(device, "mqtt://127.0.0.1:1883", Configurations.Embedded())));
        return reading.Configuration ?? throw new InvalidOperationException(string.Join('\n', reading.Mistakes));
    }

    /// <summary>The path on three threads: the link's, the sampling loop's, the spool's with the encoder.</summary>
    private sealed class Path3 : IDisposable
    {
        private readonly HotMemory _memory = new(16 << 20);
        private readonly ILinkDriver _driver;
        private readonly SamplingLoop _loop;
        private readonly SampleRing _output;
        private readonly TelemetrySpool _spool;
        private readonly byte[] _buffer = new byte[TelemetryEncoder.BufferNeeded(BatchMax, 0)];
        private readonly byte[] _scratch = new byte[TelemetryEncoder.ScratchNeeded(BatchMax)];
        private long _encoded;

        public Path3(EdgeConfiguration configuration)
        {
            var plan = configuration.Plan;
            var ledger = new LedgerCounters(_memory, plan.Signals.Count);
            var utc = new UtcOffset(TimeProvider.System);
            var input = new SampleRing(_memory, 16_384);
            _output = new SampleRing(_memory, 16_384);
            var bindings = plan.Devices.Select(device => new DeviceBinding(device, configuration.Options.Devices[device.Id])).ToArray();
            var kind = DriverCatalog.Find("modbus")!;
            _driver = kind.Create(
                bindings,
                new SampleWriter(input, ledger, utc),
                kind.Statistics(bindings, _memory),
                new DriverSurroundings(plan.Edge, configuration.DataDirectory, configuration.BaseDirectory, TimeProvider.System));
            _loop = new SamplingLoop([.. plan.Signals], [input], _output, new LatestValues(_memory, plan.Signals.Count), ledger, new StageStates(_memory, plan.Signals), utc, 2_048);
            _spool = new TelemetrySpool(plan, new SpoolOptions { SamplesPerDevice = 100_000 }, Confirm.None, [], ledger);
            _driver.Connect();
        }

        public long Encoded => Volatile.Read(ref _encoded);

        /// <summary>Runs until so many samples more are encoded; the bytes that each thread allocated meanwhile.</summary>
        public (long Link, long Sampling, long Spool) Run(long samples)
        {
            var until = Encoded + samples;
            var limit = MonoClock.NowNanos() + 300_000_000_000;
            long link = 0, sampling = 0, spool = 0;
            var threads = new[]
            {
                new Thread(() => link = Count(() => Step(until, limit))),
                new Thread(() => sampling = Count(() => Sample(until, limit))),
                new Thread(() => spool = Count(() => Encode(until, limit))),
            };
            foreach (var thread in threads)
            {
                thread.Start();
            }

            foreach (var thread in threads)
            {
                thread.Join();
            }

            return (link, sampling, spool);
        }

        public void Dispose()
        {
            _driver.Dispose();
            _spool.Dispose();
            _memory.Dispose();
        }

        private static long Count(Action work)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        private void Step(long until, long limit)
        {
            while (Encoded < until && MonoClock.NowNanos() < limit)
            {
                Pacer.SleepUntil(_driver.Step(MonoClock.NowNanos()));
            }
        }

        private void Sample(long until, long limit)
        {
            while (Encoded < until && MonoClock.NowNanos() < limit)
            {
                var now = MonoClock.NowNanos();
                _loop.Tick(now);
                Pacer.SleepUntil(now + 1_000_000);
            }
        }

        private void Encode(long until, long limit)
        {
            var terms = new BatchTerms(BatchMax, 0);
            while (Encoded < until && MonoClock.NowNanos() < limit)
            {
                var now = MonoClock.NowNanos();
                _spool.Drain(_output);
                while (_spool.Streams[0].Take(_spool.Streams[0].Cursors[0], terms, flush: true, 1, now, _buffer, _scratch, out var sent) > 0)
                {
                    Volatile.Write(ref _encoded, _encoded + (long)(sent.Last - sent.First + 1));
                }

                Pacer.SleepUntil(now + 5_000_000);
            }
        }
    }
}
