using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound.Commands;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>What stands between the sinks and the command gate.</summary>
/// <param name="Mqtt">For requests on topics of our own.</param>
/// <param name="Sparkplug">For DCMD of hosts.</param>
internal sealed record CommandDoors(ICommandService Mqtt, ICommandDoor Sparkplug)
{
    /// <summary>There is no gate: nothing comes through.</summary>
    public static CommandDoors Closed { get; } = new(new ClosedCommandService(), new ClosedDoor());

    /// <param name="ask">The gate's.</param>
    /// <param name="plan">With the commands.</param>
    /// <param name="options">Name the user whom Sparkplug hosts stand for.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="loggers">Hear how a host's orders ended.</param>
    public static CommandDoors To(
        Func<CommandRequest, CancellationToken, Task<CommandAnswer>> ask, CellPlan plan, CommandsOptions options, TimeProvider clock, ILoggerFactory loggers) =>
        new(new MqttCommands(ask), new SparkplugDoor(ask, plan, options.SparkplugUser ?? "", clock, loggers.CreateLogger<SparkplugDoor>()));
}
