using IndustrieFutur.Edge.Northbound.Sparkplug;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Tests.Northbound.Sparkplug;

/// <summary>A command door that takes every order, and a log: both remember what came.</summary>
internal sealed class HostWitness : ICommandDoor, ILogger
{
    public List<DeviceOrder> Orders { get; } = [];

    public List<string> Told { get; } = [];

    public string? Refusal(in DeviceOrder order)
    {
        Orders.Add(order);
        return null;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Told.Add(formatter(state, exception));
}
