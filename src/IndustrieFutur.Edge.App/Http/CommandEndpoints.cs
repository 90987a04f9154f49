using System.Globalization;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>The door for commands on the loopback port: who it is, what he asks, and the gate's answer. It decides nothing itself.</summary>
internal sealed class CommandEndpoints
{
    /// <summary>How <c>ifedge</c> itself names itself, for the audit.</summary>
    public const string CliAgent = "ifedge-cli";

    /// <summary>The name of the cookie that has the session.</summary>
    private const string Cookie = "ifedge";

    /// <summary>A screen's worth; who wants more asks again.</summary>
    private const int AuditLinesMax = 500;

    private readonly CellCommands _commands;
    private readonly CancellationToken _stopping;
    private readonly CommandPorch _porch = new();
    private readonly CommandRuns _runs = new();

    private CommandEndpoints(CellCommands commands, CancellationToken stopping) => (_commands, _stopping) = (commands, stopping);

    /// <param name="routes">Of the service's page.</param>
    /// <param name="commands">The cell's.</param>
    /// <param name="stopping">The service stops: nobody waits for an outcome any longer.</param>
    public static void Map(IEndpointRouteBuilder routes, CellCommands commands, CancellationToken stopping)
    {
        var door = new CommandEndpoints(commands, stopping);
        var group = routes.MapGroup("/api/v1");
        var cell = $"{commands.Plan.Group}/{commands.Plan.Edge}";
        group.AddEndpointFilter(async (context, next) => CommandPorch.Refuse(context.HttpContext.Request, cell) ?? await next(context));
        group.MapPost("/login", (Delegate)door.LogInAsync);
        group.MapPost("/logout", (Delegate)door.LogOut);
        group.MapGet("/commands", door.Commands);
        group.MapPost("/commands/{id}:submit", (HttpContext context, string id) => door.AskAsync(context, id, RequestStep.Submit));
        group.MapPost("/commands/{id}:prepare", (HttpContext context, string id) => door.AskAsync(context, id, RequestStep.Prepare));
        group.MapPost("/commands/{id}:execute", (HttpContext context, string id) => door.AskAsync(context, id, RequestStep.Execute));
        group.MapGet("/runs/{id}", door.Run);
        group.MapPost("/lease", Handler(context => door.ActAsync(context, (gate, who, _) => gate.Lease(who, take: true))));
        group.MapDelete("/lease", Handler(context => door.ActAsync(context, (gate, who, _) => gate.Lease(who, take: false))));
        group.MapPost("/approve", Handler(context => door.ActAsync(context, (gate, who, body) => gate.Approve(who, body.Token))));
        group.MapPost("/switch", Handler(context => door.ActAsync(context, Switch)));
        group.MapPost("/arm", Handler(context => door.ActAsync(context, (gate, who, _) => gate.Arm(who))));
        group.MapPost("/reactions/{id}:arm", (HttpContext context, string id) => door.ActAsync(context, (gate, who, _) => gate.Rearm(who, id)));
        group.MapGet("/audit", door.Audit);
    }

    /// <summary>What is asked with the whole request, and still answers with a result.</summary>
    private static Delegate Handler(Func<HttpContext, Task<IResult>> handler) => handler;

    private async Task<IResult> LogInAsync(HttpContext context)
    {
        if (_commands.Logins is not { } logins)
        {
            return Off();
        }

        var (body, refusal) = await CommandPorch.ReadAsync<LoginBody>(context.Request);
        return refusal ?? await _porch.DoAsync(isStop: false, async () => Answer(context, await logins.LogInAsync(body!.User, body.Password, StationOf(context.Request), context.RequestAborted), _commands.Users?.Trouble));
    }

    /// <param name="context">Of the request.</param>
    /// <param name="answer">Of the desk.</param>
    /// <param name="trouble">What is wrong with the file of users; null: nothing.</param>
    private static IResult Answer(HttpContext context, LoginAnswer answer, string? trouble)
    {
        if (answer.Session.Length > 0)
        {
            context.Response.Cookies.Append(Cookie, answer.Session, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            return CommandProblem.Json(new JsonObject { ["session"] = answer.Session, ["role"] = answer.Role.ToString().ToLowerInvariant() });
        }

        if (trouble is not null)
        {
            return CommandProblem.Of(
                StatusCodes.Status409Conflict, "users", $"Le fichier des utilisateurs est inutilisable, donc personne n'est connu. {trouble}", $"The file of users cannot be used, so nobody is known. {trouble}");
        }

        if (answer.RetryAfter <= TimeSpan.Zero)
        {
            return CommandProblem.Of(StatusCodes.Status401Unauthorized, "identity", "Nom ou mot de passe inconnu.", "Unknown name or password.");
        }

        var seconds = (int)Math.Ceiling(answer.RetryAfter.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return CommandProblem.Of(
            StatusCodes.Status429TooManyRequests, "rate", $"Trop d'essais ; attendre {seconds} s.", $"Too many tries; wait {seconds} s.");
    }

    private IResult LogOut(HttpContext context)
    {
        _commands.Logins?.LogOut(SessionOf(context.Request));
        context.Response.Cookies.Delete(Cookie);
        return CommandProblem.Json(new JsonObject { ["done"] = true });
    }

    /// <summary>Whoever is at the machine may look.</summary>
    private IResult Commands()
    {
        var report = new JsonObject { ["gate"] = CommandReport.ToJson(_commands) };
        report["commands"] = new JsonArray([.. (_commands.Gate?.Commands() ?? []).Select(view => (JsonNode)CommandJson.Of(view))]);
        return CommandProblem.Json(report);
    }

    private async Task<IResult> AskAsync(HttpContext context, string command, RequestStep step)
    {
        if (Enter(context, out var gate, out var who) is { } refused)
        {
            return refused;
        }

        var id = context.Request.Headers["Idempotency-Key"].ToString();
        if (id.Length == 0)
        {
            return CommandProblem.Of(
                StatusCodes.Status400BadRequest, "id",
                "L'en-tête Idempotency-Key manque : sans lui, une demande répétée serait une deuxième commande.",
                "The header Idempotency-Key is missing: without it a request that is sent again would be a second command.");
        }

        var (body, refusal) = await CommandPorch.ReadAsync<CommandBody>(context.Request);
        if (refusal is not null)
        {
            return refusal;
        }

        var request = new CommandRequest
        {
            Who = who,
            Step = step,
            Command = command,
            Id = id,
            Values = body!.WrittenValues(),
            ExpiresUtcMillis = body.Expires,
            Token = body.Token,
            Reason = body.Reason,
        };
        var isStop = _commands.Plan.Commands.Any(plan => plan.Id == command && plan.IsStop);
        return await _porch.DoAsync(isStop, () => OutcomeAsync(gate, request, context.RequestAborted));
    }

    /// <summary>Who goes away, or is sent away, ends his waiting and not the command.</summary>
    private async Task<IResult> OutcomeAsync(CommandGate gate, CommandRequest request, CancellationToken aborted)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(aborted, _stopping);
        var run = gate.SubmitAsync(request, CancellationToken.None);
        _runs.Add(request.Who.Name, request.Id, run);
        try
        {
            return CommandProblem.Of(await run.WaitAsync(waiting.Token));
        }
        catch (OperationCanceledException)
        {
            return CommandProblem.Of(
                StatusCodes.Status503ServiceUnavailable, "stopping",
                "Le service s'arrête avant l'issue de la commande ; elle est dans le journal : ifedge audit show.",
                "The service stops before the command's outcome is known; it is in the audit: ifedge audit show.");
        }
    }

    private IResult Run(HttpContext context, string id)
    {
        if (Enter(context, out _, out var who) is { } refused)
        {
            return refused;
        }

        return _runs.Find(who.Name, id) switch
        {
            null => CommandProblem.Of(StatusCodes.Status404NotFound, "id", "Aucune demande récente de ce nom.", "No recent request has this id."),
            { IsCompletedSuccessfully: true } run => CommandProblem.Json(CommandJson.Of(run.Result)),
            _ => CommandProblem.Json(new JsonObject { ["id"] = id, ["outcome"] = "running" }, StatusCodes.Status202Accepted),
        };
    }

    private static ActAnswer Switch(CommandGate gate, Who who, ActBody body) => body.On is { } on
        ? gate.Switch(who, on, body.Reason)
        : new ActAnswer(false, "limits", "Dire \"on\": true ou false.", "Say \"on\": true or false.");

    private async Task<IResult> ActAsync(HttpContext context, Func<CommandGate, Who, ActBody, ActAnswer> act)
    {
        if (Enter(context, out var gate, out var who) is { } refused)
        {
            return refused;
        }

        var (body, refusal) = await CommandPorch.ReadAsync<ActBody>(context.Request);
        return refusal ?? CommandProblem.Of(act(gate, who, body!));
    }

    /// <summary>It names persons, so only persons who are known read it.</summary>
    private IResult Audit(HttpContext context, long after = 0, int limit = AuditLinesMax)
    {
        if (Enter(context, out _, out _) is { } refused)
        {
            return refused;
        }

        var records = _commands.Audit!.ReadAll().Where(record => record.Sequence > after).Take(Math.Clamp(limit, 1, AuditLinesMax));
        return CommandProblem.Json(new JsonObject
        {
            ["head"] = _commands.Audit.Head,
            ["hash"] = _commands.Audit.HeadHash,
            ["records"] = new JsonArray([.. records.Select(CommandJson.Of)]),
        });
    }

    /// <summary>Whose request it is; or the answer when there is no gate, or nobody has logged in.</summary>
    private IResult? Enter(HttpContext context, out CommandGate gate, out Who who)
    {
        (gate, who) = (_commands.Gate!, new Who("", "", Door.Http, false));
        if (_commands.Gate is null || _commands.Logins is not { } logins)
        {
            return Off();
        }

        if (logins.Of(SessionOf(context.Request)) is not { } user)
        {
            return CommandProblem.Of(
                StatusCodes.Status401Unauthorized, "identity",
                "Se connecter d'abord ; une session dure 5 minutes sans activité.", "Log in first; a session lasts 5 minutes without activity.");
        }

        var door = context.Request.Headers.UserAgent == CliAgent ? Door.Cli : Door.Http;
        who = new Who(user.Name, StationOf(context.Request), door, IsAtCell(context.Request));
        return null;
    }

    private IResult Off() => CommandProblem.Of(StatusCodes.Status409Conflict, "switch", _commands.OffFr, _commands.OffEn);

    private static string SessionOf(HttpRequest request) =>
        CommandPorch.BearerOf(request) is { Length: > 0 } bearer ? bearer : request.Cookies[Cookie] ?? "";

    /// <summary>The port is on loopback; what another machine sends through a proxy says so.</summary>
    private static bool IsAtCell(HttpRequest request) => !request.Headers.ContainsKey("X-Forwarded-For") && !request.Headers.ContainsKey("Forwarded");

    private static string StationOf(HttpRequest request) => IsAtCell(request) ? "local" : "proxy";
}
