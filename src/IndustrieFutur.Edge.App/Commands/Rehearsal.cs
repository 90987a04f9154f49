using System.Globalization;
using System.Security.Cryptography;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;

namespace IndustrieFutur.Edge.App.Commands;

/// <summary>
/// Gives every command of a set once on the simulated cell, with the least and the greatest values. One is given when its interlocks hold and its effect
/// is not there yet; where none is ready, those that worked already are given again to bring the cell there.
/// </summary>
internal sealed class Rehearsal
{
    /// <summary>A machine's cycle takes a quarter of a minute, its start some seconds.</summary>
    private static readonly TimeSpan StuckMax = TimeSpan.FromSeconds(45);

    /// <summary>A command whose effect is always there is given all the same after so long.</summary>
    private static readonly TimeSpan PatienceForEffect = TimeSpan.FromSeconds(20);

    /// <summary>What was told to stop comes to rest first.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>A rehearsal that needs more to bring the cell about goes round in circles.</summary>
    private const int PreparationsMax = 60;

    private const int IdDigits = 32;

    private readonly RehearsalCell _cell;
    private readonly CellPlan _plan;
    private readonly TimeProvider _clock;
    private readonly LiveConditions _conditions;
    private readonly List<RehearsalRun> _open;
    private readonly List<RehearsalRun> _done = [];
    private readonly List<RehearsalResult> _results = [];
    private readonly Dictionary<CommandPlan, long> _given = [];
    private int _preparations;

    public Rehearsal(RehearsalCell cell, CellPlan plan, TimeProvider clock)
    {
        (_cell, _plan, _clock) = (cell, plan, clock);
        _conditions = cell.Links.NewConditions();
        _open = [.. RehearsalRun.Of(plan)];
    }

    /// <summary>How each did, in the order in which they were given.</summary>
    public async Task<IReadOnlyList<RehearsalResult>> RunAsync(Action<RehearsalResult> tell, CancellationToken cancellationToken)
    {
        var since = _clock.GetTimestamp();
        while (_open.Count > 0 && _clock.GetElapsedTime(since) < StuckMax && _preparations < PreparationsMax)
        {
            var anyEffect = _clock.GetElapsedTime(since) > PatienceForEffect;
            if (_open.Find(run => IsReady(run, anyEffect)) is { } run)
            {
                await GiveAsync(run, tell, cancellationToken);
                await Task.Delay(Rest, _clock, cancellationToken);
                since = _clock.GetTimestamp();
            }
            else if (_done.Find(run => IsReady(run, anyEffect: false)) is { } again)
            {
                // To the end of the line, so that each has its turn.
                _done.Remove(again);
                _done.Add(again);
                _preparations++;
                await AskAsync(again, cancellationToken);
                await Task.Delay(Rest, _clock, cancellationToken);
            }
            else
            {
                await Task.Delay(LookEvery, _clock, cancellationToken);
            }
        }

        foreach (var never in _open)
        {
            Say(new RehearsalResult(never.Name, false, $"never came to it: {Hindrance(never.Command)}", 0), tell);
        }

        return _results;
    }

    private async Task GiveAsync(RehearsalRun run, Action<RehearsalResult> tell, CancellationToken cancellationToken)
    {
        var (isGoal, answer) = await AskAsync(run, cancellationToken);
        if (answer.Outcome == Outcome.Confirmed && !isGoal)
        {
            // A step on the way.
            _preparations++;
            return;
        }

        _open.Remove(run);
        var result = RehearsalResult.Of(run.Name, answer);
        if (result.IsConfirmed)
        {
            _done.Add(run);
        }

        Say(result, tell);
    }

    private void Say(RehearsalResult result, Action<RehearsalResult> tell)
    {
        _results.Add(result);
        tell(result);
    }

    /// <summary>As a person gives it: lease, prepare, the second person, execute.</summary>
    private async Task<(bool IsGoal, CommandAnswer Answer)> AskAsync(RehearsalRun run, CancellationToken cancellationToken)
    {
        var command = run.Command;
        var values = Next(run);
        var request = new CommandRequest { Who = Rehearsers.For(command), Command = command.Id, Id = NewId(), Values = run.WordsOf(values), Reason = "rehearsal" };
        _given[command] = MonoClock.NowNanos();
        if (command.NeedsLease)
        {
            _cell.Gate.Lease(request.Who, take: true);
        }

        if (command.Level == 1)
        {
            return (values.SequenceEqual(run.Goal), await _cell.Gate.SubmitAsync(request, cancellationToken));
        }

        var prepared = await _cell.Gate.SubmitAsync(request with { Step = RequestStep.Prepare }, cancellationToken);
        if (prepared.Outcome is not null)
        {
            return (true, prepared);
        }

        if (command.NeedsTwo)
        {
            _cell.Gate.Approve(Rehearsers.SecondFor(command), prepared.Token);
        }

        var answer = await _cell.Gate.SubmitAsync(request with { Step = RequestStep.Execute, Id = NewId(), Token = prepared.Token }, cancellationToken);
        _given[command] = MonoClock.NowNanos();
        return (values.SequenceEqual(run.Goal), answer);
    }

    private bool IsReady(RehearsalRun run, bool anyEffect)
    {
        var now = MonoClock.NowNanos();
        var command = run.Command;
        return command.Interlocks.All(condition => _conditions.Ask(condition, now).State == ConditionState.Holds)
            && command.Parameters.All(parameter => IsRateReady(command, parameter, now))
            && (anyEffect ? IsLive(command, now) : IsEffectMissing(run, now));
    }

    private bool IsRateReady(CommandPlan command, ParameterPlan parameter, long now) =>
        (parameter.RateNanos == 0 || now - _given.GetValueOrDefault(command) > parameter.RateNanos)
        && (parameter.RateSignal < 0 || _conditions.TryRead(parameter.RateSignal, now, out _));

    /// <summary>Something that is seen and not as the command makes it: then its effect is the command's.</summary>
    private bool IsEffectMissing(RehearsalRun run, long now)
    {
        var command = run.Command;
        if (command.Effect >= 0)
        {
            return _conditions.Ask(command.Effect, now).State == ConditionState.Fails;
        }

        var first = command.Values.Count > 0 ? command.Values[0] : run.Goal[0];
        return _conditions.TryRead(command.EffectSignal, now, out var value) && Math.Abs(value - first) > command.EffectTolerance;
    }

    private bool IsLive(CommandPlan command, long now) => command.Effect >= 0
        ? _conditions.Ask(command.Effect, now).State is ConditionState.Fails or ConditionState.Holds
        : _conditions.TryRead(command.EffectSignal, now, out _);

    /// <summary>Towards the goal, as far as the rate lets one command go.</summary>
    private double[] Next(RehearsalRun run)
    {
        var values = run.Goal.ToArray();
        for (var place = 0; place < values.Length; place++)
        {
            var parameter = run.Command.Parameters[place];
            if (parameter.RateSignal < 0 || !double.IsFinite(parameter.RateChange) || !_conditions.TryRead(parameter.RateSignal, MonoClock.NowNanos(), out var live))
            {
                continue;
            }

            if (Math.Abs(values[place] - live) > parameter.RateChange)
            {
                values[place] = Towards(values[place], live, parameter);
            }
        }

        return values;
    }

    /// <summary>On the parameter's grid, and on this side of what the rate allows.</summary>
    private static double Towards(double goal, double live, ParameterPlan parameter)
    {
        var reach = live + (Math.Sign(goal - live) * parameter.RateChange);
        if (parameter.Step > 0)
        {
            var steps = (reach - parameter.Low) / parameter.Step;
            reach = parameter.Low + ((goal > live ? Math.Floor(steps) : Math.Ceiling(steps)) * parameter.Step);
        }

        return Math.Clamp(reach, parameter.Low, parameter.High);
    }

    private string Hindrance(CommandPlan command)
    {
        var now = MonoClock.NowNanos();
        var fails = command.Interlocks.Where(condition => _conditions.Ask(condition, now).State != ConditionState.Holds).Select(condition => _plan.Conditions[condition].Written).ToArray();
        return fails.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"no other command of the set brings the simulated cell where \"{string.Join("\", \"", fails)}\" holds")
            : "its effect cannot be told from what is there already, or its signal is not Good";
    }

    private static string NewId() => RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
}
