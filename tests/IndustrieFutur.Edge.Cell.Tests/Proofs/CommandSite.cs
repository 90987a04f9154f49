using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Control.People;
using IndustrieFutur.Edge.Simulators;

namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>
/// A small cell that takes commands: a machine behind Modbus TCP, an edge as a process of its own, users. Every guard is an input of the machine, so that
/// each can be false in turn.
/// </summary>
internal sealed class CommandSite : IDisposable
{
    public const string Operator = "lea";
    public const string Second = "max";
    public const string Integrator = "ines";
    public const string Observer = "oscar";
    public const string Password = "a password of the proofs";

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    private ModbusTcpListener _listener;
    private readonly bool _isIsolated;
    private readonly int _brokerPort = FreePort.Next();
    private readonly int _httpPort = FreePort.Next();

    private CommandSite(bool isIsolated, Action<JsonObject>? change)
    {
        _isIsolated = isIsolated;
        _listener = new ModbusTcpListener(Machine, 1, new IPEndPoint(IPAddress.Loopback, 0));
        var cell = Configuration();
        change?.Invoke(cell);
        File = Workplace.Write(cell);
    }

    public Workplace Workplace { get; } = new();

    public CommandMachine Machine { get; } = new();

    public string File { get; }

    public EdgeProcess Edge { get; private set; } = null!;

    public CommandPage Page { get; private set; } = null!;

    public int HttpPort => _httpPort;

    public int BrokerPort => _brokerPort;

    public string Data => Workplace.PathOf("data");

    /// <summary>A cell with users, armed, and running.</summary>
    /// <param name="isIsolated">Its loop runs in a process of its own.</param>
    /// <param name="change">What is different in its configuration.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<CommandSite> StartAsync(bool isIsolated, Action<JsonObject>? change, CancellationToken cancellation)
    {
        var site = new CommandSite(isIsolated, change);
        try
        {
            site.AddUsers((Operator, Role.Operator), (Second, Role.Operator), (Integrator, Role.Integrator), (Observer, Role.Observer));
            await site.RunAsync(cancellation);
            await site.ArmAsync(cancellation);
            return site;
        }
        catch
        {
            site.Dispose();
            throw;
        }
    }

    /// <summary>Starts the service, again after a kill.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Edge?.Dispose();
        Edge = EdgeProcess.Start(Workplace.Folder, "run", File);
        Page = new CommandPage(_httpPort);
        await Until.TrueAsync("the service to answer, and its link to be open", StartMax, IsReadyAsync, cancellation);
    }

    /// <summary>The service alone (-9): what it has started, its sampler, lives on.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        using var victim = Process.GetProcessById(Edge.Id);
        victim.Kill();
        await victim.WaitForExitAsync(cancellation);
    }

    /// <summary>As systemd stops it.</summary>
    public void Stop()
    {
        Edge.Terminate();
        var exitCode = Edge.WaitForExit(StartMax);
        Assert.True(exitCode == 0, $"exit {exitCode}: {Edge.Errors}");
    }

    /// <summary>An orderly stop, and a start with another configuration.</summary>
    public async Task RestartAsync(Action<JsonObject> change, CancellationToken cancellation)
    {
        Stop();
        var cell = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File, cancellation))!.AsObject();
        change(cell);
        Workplace.Write(cell);
        await RunAsync(cancellation);
    }

    /// <summary>The machine's cable is out, and its connection is gone.</summary>
    public void Unplug() => _listener.Dispose();

    /// <summary>It is in again.</summary>
    public void Plug() => _listener = new ModbusTcpListener(Machine, 1, _listener.EndPoint);

    /// <summary>Runs a verb of the program and returns its exit code and output.</summary>
    public (int ExitCode, string Output, string Errors) Verb(params string[] arguments)
    {
        using var verb = EdgeProcess.Start(Workplace.Folder, new Dictionary<string, string> { ["PROOF_PASSWORD"] = Password }, arguments);
        var exitCode = verb.WaitForExit(StartMax);
        return (exitCode, verb.Output, verb.Errors);
    }

    public void Dispose()
    {
        Machine.Dispose();
        Edge?.Dispose();
        _listener.Dispose();
        Workplace.Dispose();
    }

    /// <summary>One guard of the command "speed" and "go", in the words of its interlock.</summary>
    public static string MessageOf(int guard) => string.Create(CultureInfo.InvariantCulture, $"guard {guard} stands against it");

    /// <summary>The same in French.</summary>
    public static string FrenchOf(int guard) => string.Create(CultureInfo.InvariantCulture, $"la garde {guard} s'y oppose");

    /// <summary>As <c>ifedge user add</c> writes them; each run of a verb would take a second.</summary>
    private void AddUsers(params (string Name, Role Role)[] users)
    {
        var hash = PasswordHash.Of(Password);
        Directory.CreateDirectory(Data);
        UserFile.Write(Path.Combine(Data, "users.json"), users.ToDictionary(user => user.Name, user => new UserEntry(user.Role, hash)));
    }

    /// <summary>
    /// The rehearsal itself is another proof's: a machine of ours is no simulator that <c>ifedge commands rehearse</c> knows, so its record is written here.
    /// </summary>
    public async Task ArmAsync(CancellationToken cancellation)
    {
        var hash = (await Page.StatusAsync(cancellation))["hash"]!.GetValue<string>();
        new ArmingFile(Data).Rehearsed(ulong.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture), "proof");
        var session = await Page.LogInAsync(Integrator, Password, cancellation);
        var (status, answer) = await Page.PostAsync("arm", session, new JsonObject(), cancellation);
        Assert.True(status == HttpStatusCode.OK, answer.ToJsonString());
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        Assert.False(Edge.HasExited, Edge.Errors);
        return await Page.IsReadyAsync(cancellation);
    }

    private JsonObject Configuration()
    {
        var device = Configurations.Tcp(_listener.EndPoint.Port);
        device["driver"] = "modbus";
        device["unit"] = 1;
        device["addressBase"] = 0;
        device["groups"] = new JsonObject { ["all"] = new JsonObject { ["interval"] = "20ms", ["signals"] = Signals() } };
        device["targets"] = new JsonObject { ["setpoint"] = new JsonObject { ["address"] = "holding:0", ["type"] = "u16", ["stopValue"] = 0 } };
        var cell = Configurations.WithBroker(Configurations.Cell(device, $"mqtt://127.0.0.1:{_brokerPort}", Configurations.Embedded(), _httpPort), _brokerPort);
        cell["sampling"] = new JsonObject { ["tick"] = "1ms", ["sampler"] = _isIsolated ? "isolated" : "inProcess" };
        cell["commands"] = new JsonObject
        {
            ["enabled"] = true,
            ["safetySignals"] = new JsonArray("plc/safety"),
            ["commands"] = new JsonObject { ["speed"] = Speed(level: 1), ["go"] = Go(), ["halt"] = Halt() },
        };
        return cell;
    }

    private static JsonObject Signals()
    {
        var signals = new JsonObject
        {
            ["speed"] = new JsonObject { ["address"] = "input:0", ["type"] = "u16" },
            ["safety"] = new JsonObject { ["address"] = $"discrete:{CommandMachine.Guards}", ["type"] = "bool" },
        };
        for (var guard = 0; guard < CommandMachine.Guards; guard++)
        {
            signals[$"g{guard}"] = new JsonObject { ["address"] = $"discrete:{guard}", ["type"] = "bool" };
        }

        return signals;
    }

    private static JsonObject Speed(int level) => new()
    {
        ["name"] = Name("Vitesse", "Speed"),
        ["target"] = "plc/setpoint",
        ["level"] = level,
        ["parameters"] = new JsonObject { ["speed"] = new JsonObject { ["min"] = 0, ["max"] = 60_000, ["step"] = 1 } },
        ["interlocks"] = new JsonArray([.. Enumerable.Range(0, CommandMachine.Guards).Select(guard => (JsonNode)new JsonObject
        {
            ["when"] = $"plc/g{guard}",
            ["message"] = Name(FrenchOf(guard), MessageOf(guard)),
        })]),
        ["effect"] = new JsonObject { ["signal"] = "plc/speed", ["within"] = "1s" },
    };

    /// <summary>The same with all that a command can ask of persons.</summary>
    private static JsonObject Go()
    {
        var go = Speed(level: 2);
        go["twoPersons"] = true;
        go["lease"] = true;
        return go;
    }

    private static JsonObject Halt() => new()
    {
        ["name"] = Name("Arrêt", "Halt"),
        ["target"] = "plc/setpoint",
        ["level"] = 1,
        ["values"] = new JsonArray(0),
        ["effect"] = new JsonObject { ["when"] = "plc/speed == 0", ["within"] = "1s" },
    };

    private static JsonObject Name(string french, string english) => new() { ["fr"] = french, ["en"] = english };
}
