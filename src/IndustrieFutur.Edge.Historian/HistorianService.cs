using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace IndustrieFutur.Edge.Historian;

/// <summary>
/// Carries the telemetry of edges from a broker into a store, says what the store truly has, and asks for what is missing. Runs beside
/// an edge or far from it, and needs nothing but the broker.
/// </summary>
public sealed class HistorianService : BackgroundService
{
    private static readonly TimeSpan BeginAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Long enough for a person who looks now and then; the log keeps it.</summary>
    private static readonly TimeSpan TellSetBack = TimeSpan.FromMinutes(10);

    private readonly HistorianOptions _options;
    private readonly string _dataDirectory;
    private readonly Func<MqttClientOptions> _connect;
    private readonly TimeProvider _clock;
    private readonly ILogger<HistorianService> _logger;
    private Told? _setBack;

    /// <param name="id">The historian's name in the configuration; it stands in the topics of its watermarks.</param>
    /// <param name="dataDirectory">Where the embedded store keeps its file.</param>
    /// <param name="connect">How to connect to the broker, asked before each attempt. Throws with a sentence when it cannot be said.</param>
    public HistorianService(
        string id, HistorianOptions options, string dataDirectory, Func<MqttClientOptions> connect, TimeProvider clock, ILogger<HistorianService> logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(connect);
        ArgumentNullException.ThrowIfNull(clock);
        Id = id;
        BaseDirectory = dataDirectory;
        _options = options;
        _dataDirectory = dataDirectory;
        _connect = connect;
        _clock = clock;
        _logger = logger;
    }

    public string Id { get; }

    public HistorianStatus Status { get; } = new();

    /// <summary>That the store was exchanged for one that may have less, for ten minutes; empty when it was not.</summary>
    public string SetBack => Volatile.Read(ref _setBack) is { } told && _clock.GetElapsedTime(told.Since) < TellSetBack ? told.Sentence : "";

    /// <summary>
    /// Puts the broker's answer, or what was thrown instead of one, into words; whoever knows the options does it best. Null: what was thrown
    /// is a sentence itself.
    /// </summary>
    public Func<MqttClientConnectResult?, Exception?, BrokerFailure?>? Explain { get; init; }

    /// <summary>What the file of a password is relative to.</summary>
    public string BaseDirectory { get; init; }

    /// <summary>The file of an embedded store: as configured, or named after the historian.</summary>
    public static string EmbeddedFile(string id, HistorianOptions options, string dataDirectory)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Path.Combine(dataDirectory, options.File ?? $"historian-{id}.db");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // What breaks while we stop is the stop: clients have names of their own for it.
                return;
            }
            catch (StoreException cause) when (cause.IsSetBack)
            {
                Status.TellStore(false, cause.Message);
                Status.TellBroker(false, "");
                _setBack = new Told(cause.Message, _clock.GetTimestamp());
                _logger.StoreSetBack(Id, cause.Message);
                await Task.Delay(BeginAgainAfter, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception cause)
            {
                // Not foreseen: told with its trace. The store's watermarks are the truth, and the edges still have the rest.
                Status.TellStore(false, cause.Message);
                Status.TellBroker(false, "");
                _logger.Unexpected(cause, Id);
                await Task.Delay(BeginAgainAfter, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One life: both sides run until one of them ends.</summary>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var broker = new BrokerLink(Id, new StreamFilter(_options.Streams), _connect, Explain, Status, _clock, _logger);
        await using var store = CreateStore(out var name);
        var backlog = new Backlog(_options, _clock);
        var writer = new StoreWriter(Id, name, store, backlog, Status, _clock, _logger);
        var ingestor = new Ingestor(Id, _options, writer, backlog, broker, Status, _clock, _logger);
        var link = broker.RunAsync(end.Token);
        var ingest = ingestor.RunAsync(end.Token);
        try
        {
            await Task.WhenAny(link, ingest).Unwrap();
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(link, ingest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Status.TellBroker(false, "stopped");
        }
    }

    private IStore CreateStore(out string name)
    {
        name = _options.Url ?? "";
        switch (_options.Store)
        {
            case StoreKind.Influx:
                return new InfluxStore(Id, _options, BaseDirectory, _clock, _logger);
            case StoreKind.Victoria:
                return new VictoriaStore(Id, _options, BaseDirectory, _clock, _logger);
            case StoreKind.Embedded:
                name = EmbeddedFile(Id, _options, _dataDirectory);
                return new EmbeddedStore(name, _options.KeepFor, _clock);
            default:
                throw new InvalidOperationException($"The historian {Id} names no store; write \"store\": \"embedded\", influx or victoria.");
        }
    }

    /// <summary>A sentence, and since when it is so.</summary>
    private sealed record Told(string Sentence, long Since);
}
