using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge demo</c>: the demonstration cell with nothing but this program: simulated PLC, broker, historian and store.</summary>
internal static class DemoVerb
{
    private const string InClone = "config/demo.json";

    /// <summary>Where the demonstration lives when there is no clone around: everything it writes is in here.</summary>
    private const string Elsewhere = "ifedge-demo/config/demo.json";

    public static Command Create()
    {
        var duration = VerbOptions.For();
        var json = VerbOptions.Json();
        var seed = new Option<int>("--seed") { Description = "Seed of the simulated PLC.", DefaultValueFactory = _ => 1 };
        var command = new Command("demo", "Run the demonstration cell: a simulated PLC on a serial line, and everything behind it.") { duration, json, seed };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new VerbFailedException(ExitCode.FoundProblems, "the demonstration needs a pseudo-terminal, which only Linux has; run it there, or in a container (docker-compose.yml)");
            }

            var run = new CellRun(parsed.GetValue(duration), parsed.GetValue(json), Live: true);
            return RunAsync(run, parsed.GetValue(seed), parsed.InvocationConfiguration.Error, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CellRun run, int seed, TextWriter error, CancellationToken cancellationToken)
    {
        var file = File.Exists(InClone) ? InClone : Unpack();
        var port = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"ifedge-demo-{Environment.ProcessId}.pty"));
        var configuration = Load(file, port, error);
        using var plc = PlcSimulator.OnPty(port, unit: 1, seed);
        await error.WriteLineAsync($"Automate simulé / simulated PLC: {port} (Modbus RTU); broker: {configuration.Options.Sinks.First().Value.Url}; données / data: {configuration.DataDirectory}");
        return await run.ExecuteAsync(configuration, cancellationToken);
    }

    /// <summary>The file's configuration with the pseudo-terminal's name, and with other ports where the written ones are taken.</summary>
    private static EdgeConfiguration Load(string file, string port, TextWriter error)
    {
        var overrides = new Dictionary<string, string?> { ["IFEDGE__devices__plc__serial__port"] = port };
        var written = Read(file, overrides, error).Options;
        if (written.Broker is { } broker && !IsFree(broker.Port))
        {
            var other = FreePort().ToString(CultureInfo.InvariantCulture);
            overrides["IFEDGE__broker__port"] = other;
            overrides[$"IFEDGE__sinks__{written.Sinks.First().Key}__url"] = $"mqtt://127.0.0.1:{other}";
        }

        if (written.Http.Port > 0 && !IsFree(written.Http.Port))
        {
            overrides["IFEDGE__http__port"] = FreePort().ToString(CultureInfo.InvariantCulture);
        }

        return Read(file, overrides, error);
    }

    private static EdgeConfiguration Read(string file, Dictionary<string, string?> overrides, TextWriter error)
    {
        var reading = EdgeConfiguration.Load(file, DriverCatalog.All, overrides);
        ReadingReport.WriteLines(reading, error);
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
