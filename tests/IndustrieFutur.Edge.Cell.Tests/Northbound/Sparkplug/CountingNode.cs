using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Sparkplug;

/// <summary>An edge node of two devices, each of which counts up from 1 as fast as it is told to; its log is kept.</summary>
internal sealed class CountingNode : IDeviceLinks, ILogger<SparkplugNode>, IAsyncDisposable
{
    /// <summary>Fifty a second and device: some are always on their way when a broker is killed.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-node-").FullName;
    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(1_024, 0, 0) + 4096);
    private readonly CancellationTokenSource _ending = new();
    private readonly SampleRing _ring;
    private readonly List<string> _told = [];
    private readonly Task _counting;
    private volatile bool _isArmConnected = true;
    private long _counted;

    private CountingNode(int port, string version, int[] others)
    {
        SignalPlan[] signals = [Signal(0, "plc"), Signal(1, "arm")];
        var plan = new CellPlan
        {
            Group = "G",
            Edge = "E",
            Devices = [.. signals.Select(signal => new DevicePlan { Id = signal.Device, Driver = "modbus", Index = signal.Index, Signals = [signal] })],
            Signals = signals,
            Hash = 1,
        };
        _ring = new SampleRing(_memory, 1_024);
        var options = new SparkplugSinkOptions
        {
            Sink = "sparkplug",
            Url = UrlOf(port),
            Urls = [.. others.Select(UrlOf)],
            Version = version,
            PrimaryHost = SparkplugHost.Id,
            BatchEvery = TimeSpan.FromMilliseconds(50),
        };
        Node = new SparkplugNode("scada", options, plan, this, new ClosedDoor(), _folder, _folder, TimeProvider.System, this);
        _counting = CountAsync();
    }

    public SparkplugNode Node { get; }

    /// <summary>Both devices have counted so far.</summary>
    public long Counted => Volatile.Read(ref _counted);

    public bool IsArmConnected
    {
        get => _isArmConnected;
        set => _isArmConnected = value;
    }

    public string[] Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    /// <param name="port">Of the broker.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <param name="version">Of MQTT.</param>
    /// <param name="others">Brokers to go to when the first one will not do.</param>
    public static async Task<CountingNode> StartAsync(int port, CancellationToken cancellation, string version = "5", params int[] others)
    {
        var node = new CountingNode(port, version, others);
        await node.Node.StartAsync(cancellation);
        return node;
    }

    public bool IsConnected(int device) => device == 0 || _isArmConnected;

    /// <summary>Counts no further.</summary>
    public async Task FreezeAsync()
    {
        await _ending.CancelAsync();
        await _counting;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_told)
        {
            _told.Add(formatter(state, exception) + exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await FreezeAsync();
        await Node.StopAsync(CancellationToken.None);
        Node.Dispose();
        _memory.Dispose();
        _ending.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string UrlOf(int port) => $"mqtt://127.0.0.1:{port}";

    private static SignalPlan Signal(int index, string device) => new() { Index = index, Id = "count", Device = device, RawKind = ValueKind.Int64 };

    private async Task CountAsync()
    {
        using var timer = new PeriodicTimer(Every);
        var utcNanos = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        try
        {
            while (await timer.WaitForNextTickAsync(_ending.Token))
            {
                var count = _counted + 1;
                for (var signal = 0; signal < 2; signal++)
                {
                    _ring.TryWrite(new Sample(signal, 0, count, utcNanos + (count * 1_000_000), Core.Pacing.MonoClock.NowNanos()));
                }

                Node.Tap.Take(_ring.Peek(2), _ring);
                _ring.Advance(2);
                Volatile.Write(ref _counted, count);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }
}
