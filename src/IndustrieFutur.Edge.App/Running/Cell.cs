using IndustrieFutur.Edge.App.Broker;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Historian;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Commands;
using IndustrieFutur.Edge.Northbound.Mqtt;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Northbound.Spool.Log;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>A whole cell in one process: started from the outputs backwards, stopped from the inputs forwards.</summary>
internal sealed class Cell : IAsyncDisposable
{
    /// <summary>Broker and stores have this long to say goodbye: a stop takes under a second.</summary>
    private static readonly TimeSpan OutputsStopMax = TimeSpan.FromMilliseconds(700);

    /// <summary>The slowest tick that may be configured is a second.</summary>
    private static readonly TimeSpan StillMax = TimeSpan.FromSeconds(3);

    /// <summary>A process that starts takes a second, and many on a busy machine.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    /// <summary>Watermarks come every second or two while samples flow; VictoriaMetrics' slowest confirmation takes 15 s.</summary>
    private static readonly TimeSpan SilentMax = TimeSpan.FromSeconds(20);

    /// <summary>Fifty times a second: a ring of 16,384 samples then overflows only above 800,000 samples a second.</summary>
    private static readonly TimeSpan SpoolEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Behind the tick that is due at the same millisecond, so that its samples do not wait for the next round.</summary>
    private static readonly TimeSpan SpoolBehind = TimeSpan.FromMicroseconds(300);

    private static readonly TimeSpan DrainLook = TimeSpan.FromMilliseconds(20);

    /// <summary>A store that answers has what is there within a second or two; a stop waits no longer for one that does not.</summary>
    private static readonly TimeSpan HandOverMax = TimeSpan.FromSeconds(5);

    private readonly Lock _beat = new();
    private readonly TimeProvider _clock;
    private readonly EdgeOptions _options;
    private readonly ILogger<Cell> _logger;
    private readonly SamplerHost? _sampler;
    private readonly SamplingThread? _sampling;
    private readonly LeftBlock? _left;
    private readonly PacedThread _spoolThread;
    private readonly PacedThread _diskThread;
    private readonly SpoolKeeper _keeper;
    private readonly string _dataDirectory;
    private readonly FileStream _dataLock;
    private bool _inputsRun;
    private bool _outputsRun;
    private long _lastTicks;
    private long _lastBeat;
    private long _inputsSince;
    private bool _isStopped;
    private volatile bool _inputsEnded;

    public Cell(EdgeConfiguration configuration, CommandTerms terms, TimeProvider clock, ILoggerFactory loggers)
    {
        _options = configuration.Options;
        _clock = clock;
        Plan = configuration.Plan;
        _logger = loggers.CreateLogger<Cell>();
        _dataDirectory = configuration.DataDirectory;
        var sinks = _options.SinksOf<MqttSinkOptions>().ToArray();

        // What a person wrote and cannot be had ends the start here, before there is anything to clear away.
        foreach (var sink in _options.Sinks.Values)
        {
            BrokerConnection.Describe(sink, "ifedge", configuration.BaseDirectory, clock);
        }

        Broker = _options.Broker is null or { Apart: true }
            ? null
            : new EmbeddedBroker(_options.Broker, configuration.BaseDirectory, _dataDirectory, loggers.CreateLogger<EmbeddedBroker>());

        // Who holds the data folder owns the sampler of it.
        Choice = SamplerChoice.Of(_options.Sampling);
        _dataLock = DataDirectory.Own(_dataDirectory);
        _sampler = NewSampler(configuration, loggers);
        _left = _sampler is null ? LeftOf(configuration) : _sampler.Left;
        Links = new LinkSet(configuration, clock, loggers, _sampler?.Memory);
        Commands = new CellCommands(configuration, Links, terms, clock, loggers);
        Spool = new TelemetrySpool(Plan, _options.Spool, [.. sinks.Select(sink => new SpoolSink(sink.Key, sink.Value.Confirm, sink.Value.Historians))], Links.Ledger);
        _keeper = new SpoolKeeper(Plan, Spool, _options.Spool, Links, _dataDirectory, clock, _logger);
        Sinks = [.. sinks.Select(sink => new MqttSink(sink.Key, sink.Value, Spool, Plan, configuration.BaseDirectory, clock, loggers.CreateLogger<MqttSink>()) { Audit = Commands.AuditMark })];
        Listeners = [.. sinks.Where(sink => sink.Value.Commands).Select(sink => new CommandListener(sink.Key, sink.Value, Plan, Commands.Doors.Mqtt, configuration.BaseDirectory, clock, loggers.CreateLogger<CommandListener>()))];
        Nodes = [.. _options.SinksOf<SparkplugSinkOptions>().Select(pair => NewNode(pair.Key, pair.Value, configuration, loggers))];
        Historians = [.. _options.Historians.Where(pair => !pair.Value.Apart).Select(pair => HistorianHost.Create(pair.Key, pair.Value, configuration, clock, loggers))];
        Window = new LoopWindow(Links.Gauges, MonoClock.NowNanos());
        _sampling = _sampler is not null ? null : new SamplingThread(Links.Loop, Links.Gauges, _options.Sampling.ToPace(isIsolated: false));
        _spoolThread = new PacedThread("spool", SpoolEvery, ThreadPriority.Normal, DrainOutput, DrainOutput, SpoolBehind);
        Refused = new RefusedSamples(Links.Ledger, () => _keeper.RefusedBefore, clock);
        _diskThread = new PacedThread("spool-disk", SpoolKeeper.LookEvery(_options.Spool), ThreadPriority.Normal, _keeper.Store, _keeper.Store);
    }

    public CellPlan Plan { get; }

    public LinkSet Links { get; }

    /// <summary>How well the sampling loop keeps its time, since the start and lately.</summary>
    public LoopWindow Window { get; }

    /// <summary>The one door for what is to be done to a machine.</summary>
    public CellCommands Commands { get; }

    public TelemetrySpool Spool { get; }

    /// <summary>Each empties the spool into its own broker.</summary>
    public IReadOnlyList<MqttSink> Sinks { get; }

    /// <summary>Each hears commands at the broker of a sink that says so.</summary>
    public IReadOnlyList<CommandListener> Listeners { get; }

    /// <summary>This edge as Sparkplug hosts see it, once for each sink of that kind.</summary>
    public IReadOnlyList<SparkplugNode> Nodes { get; }

    /// <summary>Whose word makes a sample "stored": that of all sinks.</summary>
    public IEnumerable<Confirm> Confirms => Sinks.Select(sink => sink.Outlet.Sink.Confirm).Distinct().Order();

    public EmbeddedBroker? Broker { get; }

    public IReadOnlyList<HistorianService> Historians { get; }

    /// <summary>Where the edge keeps its files.</summary>
    public string DataFolder => _dataDirectory;

    /// <summary>Samples that could not be saved at the stop, because the data folder takes nothing.</summary>
    public long SamplesLost => _keeper.SamplesLost;

    /// <summary>What is wrong with the spool's disk just now, or since the start; null: nothing.</summary>
    public LogTrouble? SpoolTrouble => _keeper.Trouble;

    /// <summary>What the spool's disk did not give back not long ago, in words; empty: it gave back all.</summary>
    public string SpoolDamage => _keeper.Damage;

    public RefusedSamples Refused { get; }

    /// <summary>Nothing is produced any more, and all that was accepted is in the spool.</summary>
    public bool HaveInputsEnded => _inputsEnded;

    public long MissedTicks => Links.Gauges.Missed;

    public long Ticks => Links.Gauges.Ticks;

    /// <summary>Where the loop runs, and why there.</summary>
    public SamplerChoice Choice { get; private set; }

    /// <summary>The process that samples, when it is another one; null: this one does.</summary>
    public SamplerHost? Sampler => _sampler;

    /// <summary>Throws <see cref="InvalidOperationException"/> with a sentence when the broker's port is taken; the cell is then to be disposed of.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Broker is not null)
        {
            await Broker.StartAsync();
            _logger.BrokerListens(Broker.Urls);
        }

        _keeper.Load(_sampler, _left);

        _outputsRun = true;
        _diskThread.Start();
        Commands.Start();
        foreach (var historian in Historians)
        {
            await historian.StartAsync(cancellationToken);
        }

        foreach (var sink in Sinks)
        {
            await sink.StartAsync(cancellationToken);
        }

        foreach (var node in Nodes)
        {
            await node.StartAsync(cancellationToken);
        }

        foreach (var listener in Listeners)
        {
            await listener.StartAsync(cancellationToken);
        }

        _inputsRun = true;
        _inputsSince = _clock.GetTimestamp();
        _spoolThread.Start();
        _sampling?.Start();
        _sampler?.Start(Links);
        Links.Start();
        if (_sampler is null)
        {
            _logger.SamplesHere(Choice.Why);
        }

        _logger.Started(Plan.Group, Plan.Edge, Plan.Devices.Count, Plan.Signals.Count);
    }

    /// <summary>
    /// Returns when a sampler of its own process ticks and each link has asked its device once, at most after a moment: a run of limited time
    /// is not to pass while that process starts. Who cannot start, or is away, is told of elsewhere.
    /// </summary>
    public async Task UntilSamplingAsync(CancellationToken stop)
    {
        var since = _clock.GetTimestamp();
        while (_sampler is not null && IsStarting() && !stop.IsCancellationRequested && _clock.GetElapsedTime(since) < StartMax)
        {
            await Task.Delay(DrainLook, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Ends the links, then the loop, then the spool's thread: every sample that was accepted is in the spool afterwards.</summary>
    public void StopInputs()
    {
        if (!_inputsRun)
        {
            return;
        }

        _inputsRun = false;
        Links.Stop();
        _sampling?.Stop();
        _sampler?.Stop();
        _spoolThread.Stop();
        _inputsEnded = true;
    }

    /// <summary>Waits until everything accepted is confirmed; false when <paramref name="limit"/> passes first, or only brokers that refuse us are left.</summary>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        Spool.Flush = true;
        var since = _clock.GetTimestamp();
        while (Spool.Pending > 0 && !IsEverySinkRefused && _clock.GetElapsedTime(since) < limit && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(DrainLook, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return Spool.Pending == 0;
    }

    public async Task StopAsync()
    {
        StopInputs();
        if (!_outputsRun)
        {
            ForgetUnused();
            return;
        }

        _outputsRun = false;
        _isStopped = true;
        await HandOverAsync();
        try
        {
            using var limit = new CancellationTokenSource(OutputsStopMax, _clock);
            await Task.WhenAll([.. Listeners.Select(listener => listener.StopAsync(limit.Token)), .. Sinks.Select(sink => sink.StopAsync(limit.Token)), .. Nodes.Select(node => node.StopAsync(limit.Token)), .. Historians.Select(historian => historian.StopAsync(limit.Token))]);
        }
        catch (OperationCanceledException)
        {
            // A broker or a store that does not answer must not cost the samples that are not stored yet.
        }
        finally
        {
            Commands.Stop();
            _diskThread.Stop();
            _keeper.Save();
            SamplerBlock.Forget(_dataDirectory);
        }
    }

    /// <summary>A disk that takes nothing has nothing at the next start: what only memory has goes to who is there to take it.</summary>
    private async Task HandOverAsync()
    {
        if (Spool.Trouble is not null && Spool.NotOnDisk > 0 && Sinks.Any(sink => sink.Status.IsConnected))
        {
            await DrainAsync(HandOverMax, CancellationToken.None);
        }
    }

    /// <summary>Once what an earlier run left is stored, its file is no longer needed. Called now and then.</summary>
    public void ForgetRestored() => _keeper.ForgetRestored();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _sampling?.Dispose();
        _sampler?.Dispose();
        _left?.Dispose();
        _spoolThread.Dispose();
        _diskThread.Dispose();
        foreach (var listener in Listeners)
        {
            listener.Dispose();
        }

        foreach (var sink in Sinks)
        {
            sink.Dispose();
        }

        foreach (var node in Nodes)
        {
            node.Dispose();
        }

        foreach (var historian in Historians)
        {
            historian.Dispose();
        }

        if (Broker is not null)
        {
            await Broker.DisposeAsync();
        }

        Commands.Dispose();
        Spool.Dispose();
        Links.Dispose();
        _dataLock.Dispose();
    }

    /// <summary>Of the sinks that still have something to confirm, each is refused by its broker, and a person must act.</summary>
    public bool IsEverySinkRefused =>
        (Sinks.Any(sink => sink.Outlet.Pending > 0) ? Sinks.Where(sink => sink.Outlet.Pending > 0) : Sinks).All(sink => sink.Status.IsRefused);

    /// <summary>The historians whose word is awaited while samples wait, and who have said nothing for a while, each with what to do.</summary>
    public IEnumerable<string> SilentHistorians() =>
        _inputsSince == 0 || _clock.GetElapsedTime(_inputsSince) < SilentMax
            ? []
            : Sinks
                .Where(sink => sink.Outlet.Sink.Confirm == Confirm.Stored && sink.Outlet.Pending > 0)
                .SelectMany(sink => sink.Outlet.Sink.Historians.Where(name => sink.Status.LastHeard(name) is var heard && (heard == 0 || _clock.GetElapsedTime(heard) > SilentMax)))
                .Select(name => $"historian {name}: has confirmed nothing for {SilentMax.TotalSeconds:0} s and more; is it running (ifedge historian), and is its store there?");

    /// <summary>True as long as the sampling loop ticks; it does so many times a second, whatever the devices do.</summary>
    public bool IsSampling()
    {
        lock (_beat)
        {
            if (Ticks != _lastTicks)
            {
                _lastTicks = Ticks;
                _lastBeat = _clock.GetTimestamp();
            }

            return _lastBeat != 0 && _clock.GetElapsedTime(_lastBeat) < StillMax;
        }
    }

    /// <summary>
    /// A start that failed leaves no block of its own in shared memory. One that was taken over is as it was and its sampler goes on; what
    /// the block in this one's place had held is brought to the disk first.
    /// </summary>
    private void ForgetUnused()
    {
        if (_isStopped || _sampler is null or { IsTakenOver: true })
        {
            return;
        }

        _isStopped = true;
        if (_left is not null)
        {
            _keeper.Load(_sampler, _left);
            _keeper.Save();
        }

        SamplerBlock.Forget(_dataDirectory);
    }

    /// <summary>Where nobody has asked for a process of its own, and the memory for it cannot be made, the cell still runs.</summary>
    private SamplerHost? NewSampler(EdgeConfiguration configuration, ILoggerFactory loggers)
    {
        if (!Choice.IsIsolated)
        {
            return null;
        }

        try
        {
            return new SamplerHost(configuration, loggers.CreateLogger<SamplerHost>());
        }
        catch (IOException cause) when (_options.Sampling.Sampler is null)
        {
            Choice = new SamplerChoice(false, "the memory that processes share cannot be made");
            _logger.SamplerNotPossible(cause.Message);
            return null;
        }
        catch (IOException cause)
        {
            _dataLock.Dispose();
            throw new VerbFailedException(ExitCode.CannotConnect, $"{cause.Message} Or write \"sampler\": \"inProcess\" under \"sampling\"");
        }
    }

    /// <summary>A sampler that an isolated run left behind holds the devices that this process is to read.</summary>
    private LeftBlock? LeftOf(EdgeConfiguration configuration)
    {
        var block = SamplerPlan.BlockOf(configuration.DataDirectory);
        return File.Exists(block) ? LeftBlock.Open(block, $"this run samples in the service ({Choice.Why})", _logger) : null;
    }

    private SparkplugNode NewNode(string id, SparkplugSinkOptions options, EdgeConfiguration configuration, ILoggerFactory loggers)
    {
        var node = new SparkplugNode(
            id, options, Plan, new PlannedLinks(Plan, Links), Commands.Doors.Sparkplug, _dataDirectory, configuration.BaseDirectory, _clock, loggers.CreateLogger<SparkplugNode>());
        Spool.Add(node.Tap);
        return node;
    }

    private bool IsStarting() => Ticks == 0 || Links.Views.Any(view => view.Status is { Steps: 0, LastError: "" });

    private void DrainOutput()
    {
        Links.Output.NoteWaiting();
        if (_sampler is null)
        {
            Spool.Drain(Links.Output);
        }
        else
        {
            Spool.DrainHolding(Links.Output);
        }

        Links.Gauges.Spooled(Links.Output.Position.Sample, MonoClock.NowNanos());
    }
}
