using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Keeps what was said, for tests of what is and is not.</summary>
internal sealed class HeardLogger<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(int Event, string Text)> _heard = new();

    public IEnumerable<string> Of(int id) => _heard.Where(one => one.Event == id).Select(one => one.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _heard.Enqueue((eventId.Id, formatter(state, exception)));
}
