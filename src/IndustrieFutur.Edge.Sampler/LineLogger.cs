using System.Globalization;
using IndustrieFutur.Edge.Drivers.Running;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Sampler;

/// <summary>A line on stderr for what a link has to say; whoever no longer reads there does not stop the sampling.</summary>
internal sealed class LineLogger : ILogger<LinkRunner>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{(int)logLevel} {formatter(state, exception)}{(exception is null ? "" : " " + exception.ToString().ReplaceLineEndings(" "))}"));
        }
    }

    public static void Say(string line)
    {
        try
        {
            Console.Error.WriteLine(line);
        }
        catch (IOException)
        {
            // The service that read it is gone.
        }
    }
}
