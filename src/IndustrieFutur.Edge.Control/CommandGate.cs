using System.Globalization;
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
    /// <summary>An order waits for its link no longer: the thread of a link looks a hundred times a second, and one answer takes a second at most.</summary>
    private const long OrderLifeNanos = 5_000_000_000;

    /// <summary>A driver that has taken an order comes back with an answer, or with none, by then: its longest timeout is 5 s.</summary>
    private const long DriverMaxNanos = 8_000_000_000;

    /// <summary>What was above the rate is told so often.</summary>
    private const long TellRateNanos = 1_000_000_000;

    /// <summary>An id is a key, not a text.</summary>
    private const int IdLettersMax = 64;

    private const int ReasonLettersMax = 200;

    private readonly Lock _lock = new();
    private readonly GateTerms _terms;
    private readonly CellPlan _plan;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly KnownRequests _known = new();
    private readonly RateDesk _rate = new();
    private readonly TokenDesk _tokens = new();
    private readonly LeaseDesk _lease;
    private readonly ReactionDesk _reactions;
    private readonly GateCounters _counters = new();
    private readonly List<OrderRun> _runs = [];
    private readonly long[] _lastOrders;
    private readonly string _commandsWord;
    private bool _isOff;
    private bool _isArmed;
    private bool _isDisposed;
    private ulong _safety;
    private long _aboveRate;
    private long _aboveRateToldMono;

    /// <param name="terms">What it decides by, and over what.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="logger">Hears of outcomes that a person should look at.</param>
    public CommandGate(GateTerms terms, TimeProvider clock, ILogger<CommandGate> logger)
    {
        ArgumentNullException.ThrowIfNull(terms);
        (_terms, _plan, _clock, _logger) = (terms, terms.Plan, clock, logger);
        _lease = new LeaseDesk(terms.Options.Lease.Ticks * TimeSpan.NanosecondsPerTick);
        _reactions = new ReactionDesk(_plan.Reactions);
        _lastOrders = new long[_plan.Commands.Count];
        _commandsWord = _plan.CommandsHash.ToString("x16", CultureInfo.InvariantCulture);
        _isOff = terms.Arming.IsOff;
        _isArmed = terms.IsSimulated || (_plan.CommandsHash != 0 && terms.Arming.Armed == _plan.CommandsHash);
        _safety = terms.Conditions.SafetyStamp();
        Recover();
    }

    /// <summary>For the histogram: how long it took from the arrival of what set a reaction off to its order in the driver's inbox.</summary>
    public Action<long>? ReactionPosted { get; set; }

    /// <summary>What everybody may see of the gate.</summary>
    public GateStatus Status
    {
        get
        {
            lock (_lock)
            {
                var now = MonoClock.NowNanos();
                var off = Off();
                var holder = _lease.HolderAt(now);
                return new GateStatus
                {
                    IsOn = off is null,
                    WhyOffFr = off?.TextFr ?? "",
                    WhyOffEn = off?.TextEn ?? "",
                    CommandsHash = _commandsWord,
                    IsArmed = _isArmed,
                    IsRehearsed = _terms.IsSimulated || _terms.Arming.IsRehearsed(_plan.CommandsHash),
                    LeaseHolder = holder,
                    LeaseEndsUtcMillis = holder.Length > 0 ? UtcMillis() + (_lease.LeftNanos(now) / 1_000_000) : 0,
                    AuditHead = _terms.Audit.Head,
                    AuditHash = _terms.Audit.HeadHash,
                    Outcomes = _counters.Outcomes,
                    Refusals = _counters.Refusals,
                    Reactions = _reactions.Views(now),
                    Recent = _counters.Recent,
                };
            }
        }
    }

    /// <summary>Every command, with its interlocks as they stand now, for who looks.</summary>
    public IReadOnlyList<CommandView> Commands()
    {
        lock (_lock)
        {
            var now = MonoClock.NowNanos();
            return [.. _plan.Commands.Select(command => new CommandView(command, GuardReader.Read(command, _plan, _terms.Conditions, _terms.Describe, now), IsBusy(command)))];
        }
    }

    /// <summary>Asks the gate. The answer comes when the outcome is known; it never throws for what a person wrote.</summary>
    public Task<CommandAnswer> SubmitAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (_lock)
        {
            return Decide(request, MonoClock.NowNanos()).WaitAsync(cancellationToken);
        }
    }

    /// <summary>For the thread of reactions: a rule was set off. Returns the outcome like any other.</summary>
    public Task<CommandAnswer> ReactAsync(int reaction, long arrivalMonoNanos)
    {
        lock (_lock)
        {
            return React(_plan.Reactions[reaction], arrivalMonoNanos, MonoClock.NowNanos());
        }
    }

    /// <summary>Advances what runs: called some hundred times a second by its own thread.</summary>
    public void Look(long monoNow)
    {
        lock (_lock)
        {
            VoidWhatChanged(monoNow);
            TellOfRate(monoNow);
            foreach (var run in _runs.ToArray())
            {
                Advance(run, monoNow);
            }

            CollectStrays();
        }
    }

    /// <summary>What still runs is Unknown: whoever gave it hears so.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            foreach (var run in _runs.ToArray())
            {
                if (!TryWithdraw(run, OrderCause.Withdrawn))
                {
                    End(run, Outcome.Unknown, "", OutcomeWords.Killed());
                }
            }
        }
    }

    private Task<CommandAnswer> Decide(CommandRequest request, long now)
    {
        if (_isDisposed)
        {
            return Task.FromResult(Answer(request, Outcome.Refused, SwitchRule.Word, ("Le service s'arrête.", "The service is stopping."), now));
        }

        if (!_rate.TryTake(request.Who.Name, now))
        {
            _aboveRate++;
            var tooMany = Answer(request, Outcome.Refused, "rate", ("Trop de demandes : attendre un peu.", "Too many requests: wait a little."), now);
            _counters.Count(tooMany);
            return Task.FromResult(tooMany);
        }

        if (FormRefusal(request) is { } form)
        {
            return Refuse(request, "", form, null, now);
        }

        var content = RequestContent.Of(request);
        var question = QuestionOf(request, now);
        if (GateRules.Ask(GateRules.BeforeId, question) is { } early)
        {
            return Refuse(request, "", early, question, now);
        }

        if (_known.Find(request, content, out var isOther) is { } first)
        {
            return first;
        }

        if (isOther)
        {
            var taken = new Refusal("id", "Cet identifiant a déjà servi pour une autre demande : en prendre un nouveau.", "This id was used for another request: take a new one.");
            return Refuse(request, "", taken, question, now);
        }

        var refusal = GateRules.Ask(GateRules.AfterId, question);
        var answer = refusal is not null ? Refuse(request, content, refusal, question, now)
            : request.Step == RequestStep.Prepare ? Prepare(request, question, now)
            : Order(request, content, question, question.Values, -1, now);
        _known.Remember(request.Who.Name, request.Id, content, answer);
        return answer;
    }

    private static Refusal? FormRefusal(CommandRequest request) =>
        request.Id.Length is 0 or > IdLettersMax || request.Id.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':'))
            ? new Refusal("id", "L'identifiant de la demande doit avoir 1 à 64 lettres, chiffres, « - », « _ », « . » ou « : ».", "The request's id must have 1 to 64 letters, digits, '-', '_', '.' or ':'.")
            : null;

    private GateQuestion QuestionOf(CommandRequest request, long now)
    {
        var prepared = request.Step == RequestStep.Execute ? _tokens.Find(request.Token, now) : null;
        return Question(request, _plan.Commands.FirstOrDefault(command => command.Id == request.Command), _terms.Users.RoleOf(request.Who.Name), prepared, now);
    }

    private GateQuestion Question(CommandRequest request, CommandPlan? command, Role? role, PreparedOrder? prepared, long now)
    {
        var port = command is null ? null : _terms.Ports[command.Device];
        return new GateQuestion
        {
            Request = request,
            Command = command,
            Role = role,
            Plan = _plan,
            Conditions = _terms.Conditions,
            Describe = _terms.Describe,
            Off = Off(),
            IsArmed = _isArmed,
            LeaseHolder = _lease.HolderAt(now),
            Prepared = prepared,
            IsBusy = command is not null && IsBusy(command),
            IsConnected = port?.IsConnected() == true,
            Generation = port?.Generation() ?? 0,
            Safety = _terms.Conditions.SafetyStamp(),
            LastOrderMonoNanos = command is null ? 0 : _lastOrders[command.Index],
            NowUtcMillis = UtcMillis(),
            MonoNow = now,
        };
    }

    private Refusal? Off() => _terms.IsSafeMode
        ? new Refusal(SwitchRule.Word, "Le service a démarré en mode sûr (--safe-mode) : aucune commande jusqu'à un démarrage sans lui.", "The service was started with --safe-mode: no command until a start without it.")
        : !_terms.Options.Enabled
            ? new Refusal(SwitchRule.Word, "La configuration ne permet pas les commandes (\"enabled\": true les permet).", "The configuration does not allow commands (\"enabled\": true does).")
            : _isOff
                ? new Refusal(SwitchRule.Word, "Les commandes sont coupées ; les remettre : ifedge commands on.", "Commands are switched off; to switch them on: ifedge commands on.")
                : null;

    private bool IsBusy(CommandPlan command) =>
        _terms.Ports[command.Device] is { } port && (port.Box.IsBusy(port.Slot) || _runs.Exists(run => run.Untold is null && run.Command.Device == command.Device));

    private Task<CommandAnswer> Prepare(CommandRequest request, GateQuestion question, long now)
    {
        var prepared = new PreparedOrder
        {
            Token = TokenDesk.NewToken(),
            User = request.Who.Name,
            Door = request.Who.Door,
            Command = question.Command!.Index,
            Values = RequestContent.ValuesOf(request),
            Safety = question.Safety,
            Generation = question.Generation,
            ExpiresMonoNanos = now + TokenDesk.LifeNanos,
            ExpiresUtcMillis = question.NowUtcMillis + (TokenDesk.LifeNanos / 1_000_000),
        };
        if (!TryAppend(RecordOf(request, question, AuditKind.Prepared) with { Text = "prepared for 10 s" }, sync: false, out var sequence, out var problem))
        {
            return Task.FromResult(AuditRefusal(request, problem, now));
        }

        _tokens.Add(prepared);
        return Task.FromResult(new CommandAnswer
        {
            Id = request.Id,
            Command = request.Command,
            TextFr = "Prête : à exécuter dans les 10 s.",
            TextEn = "Prepared: to be executed within 10 s.",
            Token = prepared.Token,
            TokenExpiresUtcMillis = prepared.ExpiresUtcMillis,
            AuditSequence = sequence,
            Guards = question.Guards,
        });
    }

    /// <summary>The decision is on the disk before the order is in the inbox, and the order bears the number of its line.</summary>
    private Task<CommandAnswer> Order(CommandRequest request, string content, GateQuestion question, double[] values, int reaction, long now)
    {
        var command = question.Command!;
        var port = _terms.Ports[command.Device]!;
        _tokens.Remove(request.Token);
        var record = RecordOf(request, question, AuditKind.Ordered) with { Content = content, Target = command.TargetWords };
        if (!TryAppend(record, sync: true, out var sequence, out var problem))
        {
            return Task.FromResult(AuditRefusal(request, problem, now));
        }

        var left = request.ExpiresUtcMillis == 0 ? ExpiryRule.LongestMillis : request.ExpiresUtcMillis - question.NowUtcMillis;
        var run = new OrderRun
        {
            Sequence = sequence,
            Request = request,
            Content = content,
            Command = command,
            Port = port,
            Values = values,
            Guards = question.Guards,
            StartedMonoNanos = now,
            ExpiresMonoNanos = now + Math.Min(OrderLifeNanos, left * 1_000_000),
            Role = question.Role?.ToString() ?? "",
            Reaction = reaction,
        };
        var order = new Order
        {
            Id = sequence,
            Command = command.Index,
            Count = values.Length,
            ExpiresMonoNanos = run.ExpiresMonoNanos,
            Generation = question.Generation,
            Safety = question.Safety,
            PostedMonoNanos = MonoClock.NowNanos(),
        };
        values.CopyTo(order.Values, 0);
        _lastOrders[command.Index] = now;
        _runs.Add(run);
        if (!port.Box.TryPost(port.Slot, order))
        {
            End(run, Outcome.Refused, BusyRule.Word, ("L'appareil exécute déjà une commande.", "The device has an order already."));
        }

        return run.Done.Task;
    }

    private CommandAnswer AuditRefusal(CommandRequest request, string problem, long now)
    {
        var answer = Answer(request, Outcome.Refused, "audit", ($"L'audit ne peut pas être écrit, donc rien ne part. {problem}", $"The audit cannot be written, so nothing leaves. {problem}"), now);
        _counters.Count(answer);
        return answer;
    }

    private Task<CommandAnswer> Refuse(CommandRequest request, string content, Refusal refusal, GateQuestion? question, long now)
    {
        var record = RecordOf(request, question, AuditKind.Refused) with { Content = content, Rule = refusal.Rule, Outcome = nameof(Outcome.Refused), Text = refusal.TextEn };
        _ = TryAppend(record, sync: false, out var sequence, out _);
        var answer = Answer(request, Outcome.Refused, refusal.Rule, (refusal.TextFr, refusal.TextEn), now) with { AuditSequence = sequence, Guards = question?.Guards ?? [] };
        _counters.Count(answer);
        return Task.FromResult(answer);
    }

    private AuditRecord RecordOf(CommandRequest request, GateQuestion? question, AuditKind kind) => new()
    {
        Kind = kind,
        Who = request.Who.Name,
        Role = question?.Role?.ToString() ?? "",
        Station = request.Who.Station,
        Door = request.Who.Door.ToString(),
        Command = request.Command.Length <= IdLettersMax ? request.Command : request.Command[..IdLettersMax],
        Id = request.Id.Length <= IdLettersMax ? request.Id : request.Id[..IdLettersMax],
        Target = question?.Command?.TargetWords ?? "",
        Values = Shortened(request.Values),
        Guards = question?.Guards ?? [],
        Reason = request.Reason.Length <= ReasonLettersMax ? request.Reason : request.Reason[..ReasonLettersMax],
        Commands = _commandsWord,
    };

    /// <summary>What a stranger sends may be long; the audit keeps enough to know it by.</summary>
    private static Dictionary<string, string> Shortened(IReadOnlyDictionary<string, string> values) =>
        values.Take(OrderValuesMax).ToDictionary(value => Short(value.Key), value => Short(value.Value));

    /// <summary>An order carries no more.</summary>
    private const int OrderValuesMax = 4;

    private static string Short(string text) => text.Length <= IdLettersMax ? text : text[..IdLettersMax];

    private static CommandAnswer Answer(CommandRequest request, Outcome outcome, string rule, (string Fr, string En) text, long startedMono) => new()
    {
        Id = request.Id,
        Command = request.Command,
        Outcome = outcome,
        Rule = rule,
        TextFr = text.Fr,
        TextEn = text.En,
        Millis = Math.Max(0, MonoClock.NowNanos() - startedMono) / 1_000_000,
    };

    private bool TryAppend(AuditRecord record, bool sync, out long sequence, out string problem)
    {
        try
        {
            (sequence, problem) = (_terms.Audit.Append(record, sync), "");
            return true;
        }
        catch (AuditException cause)
        {
            (sequence, problem) = (0, cause.Message);
            return false;
        }
    }

    private void TellOfRate(long now)
    {
        if (_aboveRate == 0 || now - _aboveRateToldMono < TellRateNanos)
        {
            return;
        }

        _aboveRateToldMono = now;
        _logger.AboveRate(_aboveRate);
        _ = TryAppend(new AuditRecord { Kind = AuditKind.Bound, Rule = "rate", Text = string.Create(CultureInfo.InvariantCulture, $"{_aboveRate} requests above the rate") }, sync: false, out _, out _);
        _aboveRate = 0;
    }

    private long UtcMillis() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
