using System.Collections.Concurrent;
using IndustrieFutur.Edge.Control;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.App.Commands;

/// <summary>Stands for the gate: remembers what was asked, and answers when and as it is told. A log besides.</summary>
internal sealed class GateWitness : ILogger
{
    public BlockingCollection<CommandRequest> Asked { get; } = [];

    public BlockingCollection<string> Told { get; } = [];

    /// <summary>Null: it throws, which no gate should.</summary>
    public Func<CommandRequest, Task<CommandAnswer>>? Answer { get; set; } = request => Task.FromResult(Confirmed(request));

    public static CommandAnswer Confirmed(CommandRequest request) =>
        new() { Id = request.Id, Command = request.Command, Outcome = Outcome.Confirmed, TextFr = "fait", TextEn = "done", AuditSequence = 7, Millis = 12 };

    public Task<CommandAnswer> AskAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request, cancellationToken);
        return Answer?.Invoke(request) ?? throw new InvalidOperationException("as told");
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Told.Add(formatter(state, exception));
}
