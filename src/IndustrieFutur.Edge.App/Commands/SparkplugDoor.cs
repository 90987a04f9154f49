using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Sparkplug;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>
/// Takes a DCMD for the command that its signal stands for. Sparkplug knows neither identity nor expiry nor id, so all hosts are one configured user,
/// the metric's timestamp is mandatory, and only what is of level 1 comes through. A host gets no answer: it sees the signal, and the log and the audit say the rest.
/// </summary>
internal sealed class SparkplugDoor : ICommandDoor
{
    /// <summary>An order that is older was meant for another moment; one that is as far ahead comes from a clock that is wrong.</summary>
    private static readonly TimeSpan ExpiryMax = TimeSpan.FromSeconds(30);

    /// <summary>As at the door of MQTT: a cell has a handful of devices, each of which does one thing at a time.</summary>
    private const int InWorkMax = 16;

    private readonly Func<CommandRequest, CancellationToken, Task<CommandAnswer>> _ask;
    private readonly Dictionary<int, CommandPlan> _commands;
    private readonly string _user;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _telling = new();
    private readonly RareWord _refused;
    private int _inWork;

    public SparkplugDoor(Func<CommandRequest, CancellationToken, Task<CommandAnswer>> ask, CellPlan plan, string user, TimeProvider clock, ILogger logger)
    {
        (_ask, _user, _clock, _logger) = (ask, user, clock, logger);
        _commands = plan.Commands.Where(command => command.SparkplugSignal >= 0).ToDictionary(command => command.SparkplugSignal);
        _refused = new RareWord(clock);
    }

    public string? Refusal(in DeviceOrder order)
    {
        if (!_commands.TryGetValue(order.Signal.Index, out var command))
        {
            return "no command is given by writing this signal (\"sparkplug\" of a command names one).";
        }

        if (_user.Length == 0)
        {
            return "no user stands for Sparkplug hosts; write \"sparkplugUser\" under \"commands\".";
        }

        if (command.Level != 1 || command.NeedsLease || command.NeedsTwo)
        {
            return $"the command {command.Id} needs a person who prepares it, and a DCMD has none; give it at the cell.";
        }

        var now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (WhyNotNow(order.SentUtcMillis, now) is { } late)
        {
            return late;
        }

        if (HostValue.Of(order, command, out var mistake) is not { } values)
        {
            return mistake;
        }

        if (Interlocked.Increment(ref _inWork) > InWorkMax)
        {
            Interlocked.Decrement(ref _inWork);
            return "too many orders are in work; write it again when one has ended.";
        }

        var sent = (long)order.SentUtcMillis;
        var request = new CommandRequest
        {
            Who = new Who(_user, order.Sink, Door.Sparkplug, IsAtCell: false),
            Command = command.Id,

            // The same message again is the same order: hosts have no other name for it. Aliases begin at 1.
            Id = $"dcmd-{sent}-{order.Signal.Index + 1}",
            Values = values,
            ExpiresUtcMillis = Math.Min(sent, now) + (long)ExpiryMax.TotalMilliseconds,
        };

        // Not here: to decide may need the disk, and the sink's thread waits for nothing.
        _ = Task.Run(() => AskAsync(request));
        return null;
    }

    private static string? WhyNotNow(ulong sentUtcMillis, long now)
    {
        if (sentUtcMillis == 0)
        {
            return "the metric has no timestamp, so nobody knows how old the order is; have the host write one.";
        }

        var age = sentUtcMillis <= long.MaxValue ? Math.Abs(now - (double)sentUtcMillis) : double.PositiveInfinity;
        return age > ExpiryMax.TotalMilliseconds ? "its timestamp is more than 30 s from our clock; look at the clocks of the host and of the edge." : null;
    }

    private async Task AskAsync(CommandRequest request)
    {
        try
        {
            Tell(request, await _ask(request, CancellationToken.None));
        }
        catch (Exception cause)
        {
            // Not foreseen: nobody else would hear of it.
            _logger.HostOrderFailed(cause, request.Who.Station, request.Command, request.Id);
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }

    /// <summary>What was done is told each time, for devices bound how often it is; what was refused now and then.</summary>
    private void Tell(CommandRequest request, CommandAnswer answer)
    {
        if (answer.Outcome == Outcome.Confirmed)
        {
            _logger.HostOrderConfirmed(request.Who.Station, request.Command, request.Id, answer.Millis);
            return;
        }

        if (answer.Outcome != Outcome.Refused)
        {
            _logger.HostOrderNotConfirmed(request.Who.Station, request.Command, request.Id, answer.Outcome?.ToString() ?? "Prepared", answer.TextEn);
            return;
        }

        lock (_telling)
        {
            if (_refused.IsDue(out var untold))
            {
                _logger.HostOrderRefused(request.Who.Station, request.Command, request.Id, answer.Rule, answer.TextEn, untold);
            }
        }
    }
}
