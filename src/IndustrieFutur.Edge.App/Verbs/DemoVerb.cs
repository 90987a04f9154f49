using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.App.Commands;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.OpcUa;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge demo</c>: the demonstration cell with nothing but this program: simulated devices, broker, historian and store.</summary>
internal static class DemoVerb
{
    /// <summary>Two and a half minutes without a jam or a lost part, and no bad screw but the one on purpose: who sees it first sees how it is meant.</summary>
    private const int QuietDay = 4;

    private const string InClone = "config/demo.json";

    /// <summary>Where the demonstration lives when there is no clone around: everything it writes is in here.</summary>
    private const string Elsewhere = "ifedge-demo/config/demo.json";

    public static Command Create()
    {
        var duration = VerbOptions.For();
        var json = VerbOptions.Json();
        var seed = new Option<int>("--seed") { Description = "Which day the simulated cell lives: the same number gives the same day.", DefaultValueFactory = _ => QuietDay };
        var remote = new Option<bool>("--remote") { Description = "Somebody has switched remote control on at the simulated pendant, so that programs can be commanded." };
        var safe = VerbOptions.SafeMode();
        var command = new Command("demo", "Run the demonstration cell: a simulated cobot with its PLC, gripper, torque driver, scale and scanner, and everything behind them.") { duration, json, seed, remote, safe };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new VerbFailedException(ExitCode.FoundProblems, "the demonstration needs pseudo-terminals, which only Linux has; run it there, or in a container (docker-compose.yml)");
            }

            var run = new CellRun(parsed.GetValue(duration), parsed.GetValue(json), Live: true)
            {
                Commands = new CommandTerms(parsed.GetValue(safe), IsSimulated: true),
            };
            return RunAsync(run, parsed.GetValue(seed), parsed.GetValue(remote), parsed.InvocationConfiguration.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CellRun run, int seed, bool isRemote, TextWriter error, CancellationToken cancellationToken)
    {
        var file = File.Exists(InClone) ? InClone : Unpack();
        var written = Read(file, [], error);
        var trust = new DemoTrust(written.DataDirectory);
        trust.Prepare();
        using var folder = new DemoFolder();
        using var cell = Open(new CellSettings { Seed = seed, PtyFolder = folder.Path, HasBadScrew = true, CobotOpcUa = OnLoopback(trust.CobotFolder) });
        trust.Establish(written.Options.Edge, written.Options.Devices.GetValueOrDefault(SimulatedPlaces.OpcUaDevice) as OpcUaOptions);
        var configuration = Read(file, Overrides(written.Options, cell), error);
        Tell(cell, configuration, seed, error);
        TellOfUser(configuration, error);
        if (isRemote)
        {
            _ = cell.Cobot.Pendant.SetRemoteControl(true);
        }

        cell.Start();
        return await (run with { Slipped = () => cell.Slipped }).ExecuteAsync(configuration, cancellationToken);
    }

    private static UaDeviceSettings OnLoopback(string folder) => new() { Listen = new IPEndPoint(IPAddress.Loopback, 0), DataFolder = folder };

    private static CellSimulator Open(CellSettings settings)
    {
        try
        {
            return new CellSimulator(settings);
        }
        catch (LinkBrokenException cause)
        {
            throw new VerbFailedException(ExitCode.CannotConnect, $"the simulated cell cannot be opened, so nothing was started. {cause.Message}");
        }
    }

    /// <summary>On the error stream, as stdout is for data: where each simulator, the broker and the files are to be found.</summary>
    private static void Tell(CellSimulator cell, EdgeConfiguration configuration, int seed, TextWriter error)
    {
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cellule simulée / simulated cell (--seed {seed}):"));
        foreach (var place in cell.Places)
        {
            error.WriteLine($"  {place}");
        }

        foreach (var (_, sink) in configuration.Options.SinksOf<MqttSinkOptions>())
        {
            error.WriteLine($"  broker: {sink.Url}");
        }

        error.WriteLine($"  données / data: {configuration.DataDirectory}");
    }

    private static void TellOfUser(EdgeConfiguration configuration, TextWriter error)
    {
        if (configuration.Options.Commands is { Enabled: true } commands)
        {
            var file = DemoUser.Establish(Path.GetFullPath(commands.Users, configuration.DataDirectory));
            error.WriteLine($"  commandes / commands: ifedge commands --config {configuration.File}; utilisateur/user {DemoUser.Name}, mot de passe/password {File.ReadAllText(file).Trim()} (--password file:{file})");
        }
    }

    /// <summary>Where the file's devices are to be found in this run, and other ports where the written ones are taken.</summary>
    private static Dictionary<string, string?> Overrides(EdgeOptions written, CellSimulator cell)
    {
        var overrides = SimulatedPlaces.Of(written, cell);
        if (written.Broker is { } broker && !IsFree(broker.Port))
        {
            var other = Text(FreePort());
            overrides["IFEDGE__broker__port"] = other;
            foreach (var (id, _) in written.Sinks.Where(pair => broker.IsAt(pair.Value.Url)))
            {
                overrides[$"IFEDGE__sinks__{id}__url"] = $"mqtt://127.0.0.1:{other}";
            }
        }

        if (written.Http.Port > 0 && !IsFree(written.Http.Port))
        {
            overrides["IFEDGE__http__port"] = Text(FreePort());
        }

        return overrides;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static EdgeConfiguration Read(string file, Dictionary<string, string?> overrides, TextWriter error)
    {
        var reading = EdgeConfiguration.Load(file, DriverCatalog.All, overrides);
        if (reading.Configuration is null || overrides.Count > 0)
        {
            // The first reading only looks for what to put in; its warnings would be said twice.
            ReadingReport.WriteLines(reading, error);
        }

        return reading.Configuration ?? throw new VerbFailedException(ExitCode.ConfigurationInvalid, $"{file} is not in order, so nothing was started");
    }

    private static string Unpack()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Elsewhere)!);
        using var packed = typeof(DemoVerb).Assembly.GetManifestResourceStream("demo.json")!;
        using var file = File.Create(Elsewhere);
        packed.CopyTo(file);
        return Elsewhere;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
