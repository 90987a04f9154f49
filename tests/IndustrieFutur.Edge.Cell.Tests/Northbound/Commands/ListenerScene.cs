using System.Collections.Concurrent;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Commands;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>A listener of the cell g/e with one command of its plc, and what stands for the gate: it confirms, unless it is told otherwise.</summary>
internal sealed class ListenerScene : ICommandService, ILogger<CommandListener>, IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly string _folder = Directory.CreateTempSubdirectory("edge-listener-").FullName;
    private CommandListener? _listener;

    public CommandListener Listener => _listener ?? throw new InvalidOperationException("Not started.");

    public ListenerStatus Status => Listener.Status;

    public ConcurrentQueue<RemoteCommand> Asked { get; } = [];

    public ConcurrentQueue<string> Told { get; } = [];

    public Func<RemoteCommand, Task<RemoteAnswer>> Answer { get; set; } = command => Task.FromResult(Confirmed(command));

    public static RemoteAnswer Confirmed(RemoteCommand command) =>
        new() { Id = command.Id, Command = command.Command, Outcome = "confirmed", Text = new RemoteText("La vitesse est réglée.", "The speed is set."), Audit = 7, Millis = 12 };

    /// <summary>Returns when it hears.</summary>
    public async Task StartAsync(MqttSinkOptions options, CancellationToken cancellation, string group = "g", string edge = "e")
    {
        var plan = new CellPlan
        {
            Group = group,
            Edge = edge,
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = [] }],
            Signals = [],
            Hash = 1,
            Commands = [new CommandPlan { Index = 0, Id = "speed", Device = 0, Target = 0, TargetWords = "plc/speed", Level = 1, EffectNanos = 1 }],
        };
        _listener = new CommandListener("site", options, plan, this, _folder, TimeProvider.System, this);
        await _listener.StartAsync(cancellation);
        await Until.TrueAsync("the listener to hear", Limit, () => Status.IsConnected, cancellation);
    }

    public async ValueTask<RemoteAnswer> AskAsync(RemoteCommand command, CancellationToken cancellationToken)
    {
        Asked.Enqueue(command);
        return await Answer(command);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Told.Enqueue(formatter(state, exception));

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.StopAsync(CancellationToken.None);
            _listener.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
