using System.Text;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Drivers.Dashboard;

/// <summary>
/// Tells a robot one of the four things that can be told, in words that are all made when the configuration is read: an order only
/// chooses among them. Before it plays it asks the robot itself whether a person has given the arm into remote control.
/// </summary>
internal sealed class DashboardOrders
{
    private const string PlayLine = "play";

    private static readonly (DashboardQuery Query, string Name, byte[] MustBe, string Remedy)[] BeforePlay =
    [
        (DashboardQuery.OperationalMode, "operational mode", "AUTOMATIC"u8.ToArray(), "switch it to automatic at the pendant"),
        (DashboardQuery.RemoteControl, "remote control", "true"u8.ToArray(), "switch remote control on at the pendant"),
        (DashboardQuery.SafetyStatus, "safety status", "Safetystatus: NORMAL"u8.ToArray(), "see to the stop at the arm"),
    ];

    private readonly DashboardTargetOptions[] _targets;
    private readonly byte[][][] _lines;
    private readonly byte[][] _questions;

    public DashboardOrders(IEnumerable<DashboardTargetOptions> targets)
    {
        _targets = [.. targets];
        _lines = [.. _targets.Select(LinesOf)];
        _questions = [.. BeforePlay.Select(static one => DashboardQuestion.Of(one.Query).Line)];
    }

    /// <summary>Does what an order says, once.</summary>
    /// <param name="line">The open conversation.</param>
    /// <param name="order">Whose value chooses a program.</param>
    /// <param name="target">Its place among the device's.</param>
    /// <param name="broken">Why the conversation is not to go on; null: it may.</param>
    public OrderAnswer Execute(DashboardLine line, Order order, int target, out LinkBrokenException? broken)
    {
        broken = null;
        if (!TryFind(order, target, out var verb, out var words))
        {
            return NotSent("the device has no such target, or its target no such program");
        }

        var mayHaveLeft = false;
        try
        {
            if (verb == DashboardVerb.Play && WhyNotToPlay(line, order) is { } reason)
            {
                return NotSent(reason);
            }

            line.Look();
            mayHaveLeft = true;
            return Judge(verb, Encoding.ASCII.GetString(line.Ask(words)));
        }
        catch (LinkBrokenException cause)
        {
            broken = cause;
            return mayHaveLeft ? OrderAnswer.Unanswered(cause.Message) : NotSent(cause.Message);
        }
        catch (OperationCanceledException)
        {
            const string Stopping = "the service stops";
            broken = new LinkBrokenException(Stopping);
            return mayHaveLeft ? OrderAnswer.Unanswered(Stopping) : NotSent(Stopping);
        }
    }

    private static OrderAnswer NotSent(string reason) => new(OrderVerdict.NotSent, 0, reason);

    private static byte[][] LinesOf(DashboardTargetOptions target) => target.Verb switch
    {
        DashboardVerb.Load => [.. target.Programs.Select(static program => DashboardLine.Of($"load {Checked(program)}"))],
        DashboardVerb.Play => [DashboardLine.Of(PlayLine)],
        DashboardVerb.Pause => [DashboardLine.Of("pause")],
        DashboardVerb.Stop => [DashboardLine.Of("stop")],
        _ => [],
    };

    /// <summary>The configuration was checked; this is the last look before a text can reach the robot.</summary>
    private static string Checked(string program) =>
        DashboardTargetOptions.IsProgram(program) ? program : throw new InvalidOperationException("A program was not checked before its driver was made.");

    private static OrderAnswer Judge(DashboardVerb verb, string answer)
    {
        var isTaken = verb switch
        {
            DashboardVerb.Load => answer.StartsWith("Loading program: ", StringComparison.Ordinal),
            DashboardVerb.Play => answer == "Starting program",
            DashboardVerb.Pause => answer == "Pausing program",
            _ => answer == "Stopped",
        };
        return isTaken ? OrderAnswer.Taken(Printable(answer)) : OrderAnswer.Rejected(0, Printable(answer));
    }

    private static string Printable(string answer) => string.Concat(answer.Select(static one => char.IsControl(one) ? '?' : one));

    private bool TryFind(Order order, int target, out DashboardVerb verb, out byte[] words)
    {
        (verb, words) = (default, []);
        if ((uint)target >= (uint)_targets.Length || _targets[target].Verb is not { } known || order.Count != _targets[target].ValueCount)
        {
            return false;
        }

        verb = known;
        var place = 0.0;
        if (order.Count == 1)
        {
            place = order.Value(0);
            if (!_targets[target].TryFindProgram(place, out _))
            {
                return false;
            }
        }

        words = _lines[target][(int)place];
        return true;
    }

    /// <summary>Asked over the connection that will carry the order, just before it: nothing that was read earlier counts.</summary>
    private string? WhyNotToPlay(DashboardLine line, Order order)
    {
        for (var i = 0; i < BeforePlay.Length; i++)
        {
            var (_, name, mustBe, remedy) = BeforePlay[i];
            var answer = line.Ask(_questions[i]);
            if (!answer.SequenceEqual(mustBe))
            {
                return $"the robot says of its {name} \"{Printable(Encoding.ASCII.GetString(answer))}\"; {remedy}";
            }
        }

        // Slow answers do not stretch an order's time.
        return MonoClock.NowNanos() >= order.ExpiresMonoNanos ? "its time was over before the robot had said whether it may be played" : null;
    }
}
