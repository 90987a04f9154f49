using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Control.Gate;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.Control;

/// <summary>
/// The one door for commands: every request of every door comes here, first refusal wins, decision on the disk before anything moves, one outcome each.
/// </summary>
public sealed partial class CommandGate : IDisposable
{
    /// <summary>An order that waits longer at its link is for a state of the cell that nobody saw.</summary>
    private const long OrderNanosMax = 5_000_000_000;

    private const int IdMax = 64;
    private const int ReasonMax = 200;

    private readonly GateTerms _terms;
    private readonly GateSeams _seams;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly KnownRequests _known = new();
    private readonly TokenDesk _tokens = new();
    private readonly RateDesk _rates = new();
    private readonly long[] _lastOrderMono;
    private bool _isOff;

    /// <param name="terms">What it decides by, and over what.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="logger">Hears of outcomes that a person should look at.</param>
    public CommandGate(GateTerms terms, TimeProvider clock, ILogger<CommandGate> logger)
        : this(
            terms,
            new GateSeams(terms.Audit.Append, terms.Audit.ReadAll, () => (terms.Audit.Head, terms.Audit.HeadHash), terms.Users.RoleOf, MonoClock.NowNanos),
            clock,
            logger)
    {
    }

    internal CommandGate(GateTerms terms, GateSeams seams, TimeProvider clock, ILogger logger)
    {
        (_terms, _seams, _clock, _logger) = (terms, seams, clock, logger);
        _lastOrderMono = new long[terms.Plan.Commands.Count];
        _reactions = [.. terms.Plan.Reactions.Select(_ => new ReactionState())];
        _isOff = terms.Arming.IsSwitchedOff;
        _safety = terms.Conditions.SafetyStamp();
        lock (_lock)
        {
            Recover();
        }
    }

    private long UtcMillis => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    private string CommandsHash => $"{_terms.Plan.CommandsHash:x16}";

    private bool IsArmed => _terms.IsSimulated || (_terms.Plan.CommandsHash != 0 && _terms.Arming.Armed == _terms.Plan.CommandsHash);

    /// <summary>Asks the gate. The answer comes when the outcome is known; it never throws for what a person wrote.</summary>
    public Task<CommandAnswer> SubmitAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            return Decide(request).WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        // The slots outlive the gate: the next one recovers what is under way.
    }

    private Task<CommandAnswer> Decide(CommandRequest request)
    {
        var monoNow = _seams.MonoNow();
        var role = request.Who.Name.Length == 0 ? null : _seams.RoleOf(request.Who.Name);
        if (!_rates.TryTake(request.Who.Name, role is not null, monoNow))
        {
            return Task.FromResult(AboveRate(request, monoNow));
        }

        Observe(monoNow);
        var command = _terms.Plan.Commands.FirstOrDefault(one => one.Id == request.Command);
        var question = Question(request, command, role, monoNow);
        if (GateRules.First(GateRules.BeforeId, question) is { } early)
        {
            return Task.FromResult(Refuse(question, early, ""));
        }

        if (request.Id.Length is 0 or > IdMax || request.Reason.Length > ReasonMax)
        {
            return Task.FromResult(Refuse(question, new Refusal(
                "id",
                "L'identifiant doit avoir de 1 à 64 caractères et le motif 200 au plus : la demande est refusée. Corrigez-la.",
                "The id has to have 1 to 64 letters and the reason 200 at most: the request is refused. Correct it."), ""));
        }

        var content = RequestContent.Hash(request);
        if (_known.TryFind(request.Who.Name, request.Id, out var first, out var answer))
        {
            return first == content ? answer : Task.FromResult(Refuse(question, new Refusal(
                "id",
                "Cet identifiant a déjà servi à une autre demande : celle-ci est refusée. Prenez-en un nouveau.",
                "This id was used for another request: this one is refused. Take a new one."), ""));
        }

        var task = Answer(question, content);
        _known.Add(request.Who.Name, request.Id, content, task);
        return task;
    }

    private Task<CommandAnswer> Answer(GateQuestion question, string content)
    {
        var refusal = GateRules.First(GateRules.AfterId, question);
        if (refusal is null && question.Request.Step == RequestStep.Prepare && _tokens.IsFull)
        {
            refusal = new Refusal(
                "token",
                "Trop de commandes sont préparées : celle-ci est refusée. Réessayez dans 10 s.",
                "Too many commands are prepared: this one is refused. Try again in 10 s.");
        }

        return refusal is not null ? Task.FromResult(Refuse(question, refusal, content))
            : question.Request.Step == RequestStep.Prepare ? Task.FromResult(Prepare(question, content))
            : Order(question, content);
    }

    private GateQuestion Question(CommandRequest request, CommandPlan? command, Role? role, long monoNow, IReadOnlyList<double>? given = null)
    {
        var prepared = request.Step == RequestStep.Execute ? _tokens.Find(request.Token, monoNow) : null;
        var question = new GateQuestion
        {
            Request = request,
            Command = command,
            Role = role,
            MonoNow = monoNow,
            UtcMillis = UtcMillis,
            Off = WhyOff(),
            IsArmed = IsArmed,
            LeaseHolder = _leaseHolder,
            Prepared = prepared,
            Safety = _safety,
        };
        if (command is null)
        {
            return question;
        }

        double[] values = [.. given ?? []];
        var said = request.Values.Count == 0 && prepared is not null ? prepared.Said : request.Values;
        var limits = given is not null ? null : ValueReader.Read(command, said, out values);
        var port = _terms.Ports[command.Device];
        return question with
        {
            Request = request with { Values = said },
            Values = values,
            Limits = limits ?? ValueReader.Check(command, values, _terms.Conditions, monoNow, _lastOrderMono[command.Index]),
            IsBusy = IsBusy(command, port),
            IsConnected = port is not null && port.IsConnected(),
            Generation = port?.Generation() ?? 0,
            Interlocks = command.IsStop ? [] : [.. command.Interlocks.Select(index => (_terms.Plan.Conditions[index], _terms.Conditions.Ask(index, monoNow).State))],
        };
    }

    /// <summary>A stop does not wait for the effect of the order before it, only until the link is free for it.</summary>
    private bool IsBusy(CommandPlan command, DevicePort? port) =>
        (port is not null && port.Box.IsBusy(port.Slot)) || (!command.IsStop && _runs.Any(run => run.Command.Device == command.Device));

    private CommandAnswer Prepare(GateQuestion question, string content)
    {
        var prepared = new Prepared(
            TokenDesk.NewToken(), question.Request.Who, question.Command!.Index, question.Values, question.Safety, question.Generation, question.MonoNow + TokenDesk.LifeNanos)
        {
            Said = question.Request.Values,
        };
        var guards = Readings(question.Interlocks);
        try
        {
            var line = _seams.Append(Record(question, AuditKind.Prepared, content) with { Guards = guards, Text = "prepared" }, true);
            _tokens.Put(prepared);
            return new CommandAnswer
            {
                Id = question.Request.Id,
                Command = question.Command.Id,
                TextFr = "Prête : exécutez-la dans les 10 s.",
                TextEn = "Prepared: execute it within 10 s.",
                Token = prepared.Token,
                TokenExpiresUtcMillis = question.UtcMillis + (TokenDesk.LifeNanos / 1_000_000),
                AuditSequence = line,
                Guards = guards,
            };
        }
        catch (AuditException exception)
        {
            return AuditFailed(question, exception);
        }
    }

    /// <summary>The decision is on the disk before the order is in the inbox; an audit that cannot be written lets nothing leave.</summary>
    private Task<CommandAnswer> Order(GateQuestion question, string content)
    {
        var (command, request) = (question.Command!, question.Request);
        var port = _terms.Ports[command.Device]!;
        var guards = Readings(question.Interlocks);
        long line;
        try
        {
            line = _seams.Append(Record(question, AuditKind.Ordered, content) with { Guards = guards, Text = "ordered" }, true);
        }
        catch (AuditException exception)
        {
            return Task.FromResult(AuditFailed(question, exception));
        }

        // Used up by an order alone: a refused execution may be tried again while the token lives.
        _tokens.Take(request.Token);
        var left = request.ExpiresUtcMillis == 0 ? OrderNanosMax : Math.Min(OrderNanosMax, (request.ExpiresUtcMillis - question.UtcMillis) * 1_000_000);
        var order = new Order
        {
            Id = line,
            Command = command.Index,
            Count = question.Values.Count,
            ExpiresMonoNanos = question.MonoNow + left,
            Generation = question.Generation,
            Safety = question.Safety,
            PostedMonoNanos = _seams.MonoNow(),
        };
        for (var i = 0; i < order.Count; i++)
        {
            order.Values[i] = question.Values[i];
        }

        var run = new OrderRun(request, command, order, port) { AskedMonoNanos = question.MonoNow, Guards = guards };
        _lastOrderMono[command.Index] = question.MonoNow;
        if (port.Box.TryPost(port.Slot, order))
        {
            _runs.Add(run);
        }
        else
        {
            End(run, Outcome.Refused, new BusyRule().Ask(question with { IsBusy = true })!, question.MonoNow);
        }

        return run.Answer.Task;
    }
}
