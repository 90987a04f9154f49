using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control.Audit;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A cell in which each guard of the gate can be made false alone: a machine that is commanded, a cage with a link of its own that stands in the way,
/// users of all kinds, and what was written so far with all guards true.
/// </summary>
internal sealed class GuardScene : IDisposable
{
    /// <summary>What the cage shows when nothing is wrong: within its range, and not zero.</summary>
    public const ushort Usual = 50;

    private const int CageClosed = 0;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ModbusTcpListener _cageListener;
    private readonly Dictionary<string, string> _sessions = new() { [""] = "0123456789abcdef" };
    private readonly List<ushort> _legit = [];
    private readonly CancellationToken _cancellation;
    private int _ids;

    private GuardScene(CommandMachine cage, ModbusTcpListener cageListener, CommandSite site, CancellationToken cancellation) =>
        (Cage, _cageListener, Site, _cancellation) = (cage, cageListener, site, cancellation);

    public CommandSite Site { get; }

    public CommandMachine Machine => Site.Machine;

    public CommandMachine Cage { get; }

    public string Audit => Path.Combine(Site.Data, "audit");

    /// <summary>What was written because all guards held.</summary>
    public IReadOnlyList<ushort> Legit => _legit;

    public static Task<GuardScene> StartAsync(bool isIsolated, CancellationToken cancellation) => StartAsync(isIsolated, _ => { }, cancellation);

    /// <param name="isIsolated">Its loop runs in a process of its own.</param>
    /// <param name="change">What is different in its configuration besides.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<GuardScene> StartAsync(bool isIsolated, Action<JsonObject> change, CancellationToken cancellation)
    {
        var cage = new CommandMachine();
        cage.Show(Usual);
        var listener = new ModbusTcpListener(cage, 1, new IPEndPoint(IPAddress.Loopback, 0));
        CommandSite? site = null;
        try
        {
            site = await CommandSite.StartAsync(
                isIsolated,
                cell =>
                {
                    GuardCell.Change(cell, listener.EndPoint.Port);
                    change(cell);
                },
                cancellation);
            var scene = new GuardScene(cage, listener, site, cancellation);
            await scene.LogInAsync();
            return scene;
        }
        catch
        {
            site?.Dispose();
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Everybody, anew: sessions end with the service.</summary>
    public async Task LogInAsync()
    {
        foreach (var user in new[] { CommandSite.Operator, CommandSite.Second, CommandSite.Integrator, CommandSite.Observer })
        {
            _sessions[user] = await Site.Page.LogInAsync(user, CommandSite.Password, _cancellation);
        }
    }

    /// <summary>Of somebody who has logged in.</summary>
    public string SessionOf(string user) => _sessions[user];

    public string NewId() => string.Create(CultureInfo.InvariantCulture, $"guard-{++_ids}");

    public static JsonObject Value(int value) => new() { ["speed"] = value };

    /// <summary>Asks for one step of a command, as whoever it is.</summary>
    public async Task<JsonObject> AskAsync(string user, string command, string step, JsonObject body, string id = "")
    {
        var (_, answer) = await Site.Page.AskAsync(_sessions[user], command, step, id.Length > 0 ? id : NewId(), body, _cancellation);
        return answer;
    }

    public Task<JsonObject> SubmitAsync(string command, int value, string user = CommandSite.Operator, string id = "") =>
        AskAsync(user, command, "submit", new JsonObject { ["values"] = Value(value) }, id);

    public Task<JsonObject> SubmitAsync(string command, JsonObject values) =>
        AskAsync(CommandSite.Operator, command, "submit", new JsonObject { ["values"] = values });

    /// <summary>Prepares, which must be agreed to, and returns the token.</summary>
    public async Task<string> PrepareAsync(string command, int value)
    {
        var answer = await AskAsync(CommandSite.Operator, command, "prepare", new JsonObject { ["values"] = Value(value) });
        return (string?)answer["token"] ?? throw new InvalidOperationException($"{command} is not prepared: {answer.ToJsonString()}");
    }

    public Task<JsonObject> ExecuteAsync(string command, string token, int value, string user = CommandSite.Operator) =>
        AskAsync(user, command, "execute", new JsonObject { ["token"] = token, ["values"] = Value(value) });

    /// <summary>Something besides commands.</summary>
    public async Task<JsonObject> ActAsync(string user, string path, JsonObject? body = null)
    {
        var (_, answer) = await Site.Page.PostAsync(path, _sessions[user], body ?? [], _cancellation);
        return answer;
    }

    /// <summary>The same that must be done.</summary>
    public async Task DoAsync(string user, string path, JsonObject? body = null)
    {
        var answer = await ActAsync(user, path, body);
        Assert.True((bool?)answer["done"] == true, $"{path}: {answer.ToJsonString()}");
    }

    /// <summary>From now on a value counts as one that may be written: all guards hold for it.</summary>
    public void Allow(int value) => _legit.Add((ushort)value);

    /// <summary>With all guards true it must be confirmed, and is written once.</summary>
    public async Task ConfirmAsync(string command, int value)
    {
        Allow(value);
        IsConfirmed(await AllTrueAsync(() => SubmitAsync(command, value)));
    }

    public static void IsConfirmed(JsonObject answer) => Assert.True((string?)answer["outcome"] == "confirmed", answer.ToJsonString());

    /// <summary>
    /// A busy machine may hold the whole cell for longer than a value is fresh: that is refused by right, and nothing is written. Then it is asked again.
    /// </summary>
    private static async Task<JsonObject> AllTrueAsync(Func<Task<JsonObject>> askAsync)
    {
        const int triesMax = 5;
        for (var tries = 1; ; tries++)
        {
            var answer = await askAsync();
            var isStale = (string?)answer["code"] == "interlock" && answer["guards"]!.AsArray().Any(guard => (string?)guard!["state"] == "notFresh");
            if (!isStale || tries == triesMax)
            {
                return answer;
            }
        }
    }

    /// <summary>Waits until the gate sees an interlock of a command like this.</summary>
    public Task SeesAsync(string command, int interlock, string state) => Until.TrueAsync(
        $"interlock {interlock} of {command} to be seen as {state}",
        Patience,
        async token => (await Site.Page.StatesAsync(command, token))[interlock] == state,
        _cancellation);

    /// <summary>Waits until a request is decided and its order on the disk.</summary>
    public Task OrderedAsync(string id) => Until.TrueAsync(
        $"the order {id} to be in the audit",
        Patience,
        () => AuditReader.Read(Audit).Any(record => record.Kind == AuditKind.Ordered && record.Id == id),
        _cancellation);

    public Task IsReadyAsync(bool isReady) => Until.TrueAsync(
        $"the service to say that it is {(isReady ? "" : "not ")}ready", Patience, async token => await Site.Page.IsReadyAsync(token) == isReady, _cancellation);

    /// <summary>Waits until a time has passed, on the wall clock.</summary>
    public Task PassesAsync(DateTimeOffset time) => Until.TrueAsync(
        "time to pass", TimeSpan.FromSeconds(60), () => TimeProvider.System.GetUtcNow() > time, _cancellation);

    /// <summary>
    /// The driver asks all guards again just before it writes: while the machine's link is silent an order waits for it, something changes meanwhile, and
    /// the link goes on.
    /// </summary>
    public async Task<JsonObject> MeanwhileAsync(string command, JsonObject body, Func<Task> changeAsync)
    {
        Machine.Hold();
        try
        {
            await Until.TrueAsync("the machine to be silent", Patience, () => Machine.IsHeld, _cancellation);
            var id = NewId();
            var asked = AskAsync(CommandSite.Operator, command, "submit", body, id);
            await OrderedAsync(id);
            await changeAsync();
            Machine.Release();
            return await asked;
        }
        finally
        {
            Machine.Release();
        }
    }

    /// <summary>The cage's door.</summary>
    public async Task CloseAsync(bool isClosed)
    {
        Cage.Set(CageClosed, isClosed);
        await SeesAsync("caged", 0, isClosed ? "holds" : "fails");
    }

    /// <summary>The machine has what was written with all guards true, in that order, each once, and nothing else; the cage nothing at all.</summary>
    public void AssertNothingElseWritten(string guard)
    {
        Assert.True(
            Machine.Writes.SequenceEqual(_legit) && Cage.Writes.Count == 0,
            $"{guard}: written are {string.Join(' ', Machine.Writes)} and in the cage {string.Join(' ', Cage.Writes)}, and all guards held for {string.Join(' ', _legit)} only");
    }

    public void Dispose()
    {
        Cage.Dispose();
        Site.Dispose();
        _cageListener.Dispose();
    }
}
