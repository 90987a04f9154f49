using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Round trips of our client beside libmodbus's, in C, over the same pseudo-terminal and slave, in turns.</summary>
internal static class ModbusRoundtrip
{
    private const int Registers = 10;

    public static int Run(bool isWhole)
    {
        var (rounds, trips) = isWhole ? (301, 1_000) : (101, 500);
        var folder = Directory.CreateTempSubdirectory("edge-roundtrip-").FullName;
        var port = Path.Combine(folder, "port");
        using var slave = StartSlave(port);
        Ours(port, 40 * trips);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // In turns, each first as often as second: the machine's mood is the same for both.
            if (round % 2 == 0)
            {
                ours.Add(Ours(port, trips));
                theirs.Add(Theirs(port, trips));
            }
            else
            {
                theirs.Add(Theirs(port, trips));
                ours.Add(Ours(port, trips));
            }
        }

        slave.Kill();
        var ratio = Median([.. ours.Zip(theirs, (mine, other) => mine / other)]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ours {Median(ours):0} round trips/s, libmodbus {Median(theirs):0}; median ratio of {rounds} interleaved rounds {ratio:0.00} (the same slave, no inter-frame gap in either)"));
        return ratio >= 1 ? 0 : 1;
    }

    /// <summary>The slave alone, for both clients alike: serves until it is killed.</summary>
    public static int Serve(string port)
    {
        using var cable = SlaveOnPty.Plug(port);
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
        return 0;
    }

    /// <summary>In a process of its own, so that it stands equally far from both clients.</summary>
    private static Process StartSlave(string port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve-modbus", port]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        var slave = Process.Start(start)!;
        return slave.StandardOutput.ReadLine() == "ready" ? slave : throw new InvalidOperationException("The slave did not start.");
    }

    private static double Ours(string port, int trips)
    {
        using var link = Open(port);
        var client = new ModbusClient(link, new ModbusClientSettings { Framing = ModbusFraming.Rtu, FrameGapNanos = 0 });
        Trips(client, trips / 5);
        var watch = Stopwatch.StartNew();
        Trips(client, trips);
        return trips / watch.Elapsed.TotalSeconds;
    }

    private static void Trips(ModbusClient client, int trips)
    {
        for (var i = 0; i < trips; i++)
        {
            if (!client.Read(1, ModbusTable.HoldingRegisters, 0, Registers, out var data).IsOk || data.Length != 2 * Registers)
            {
                throw new InvalidOperationException($"Round trip {i} was not answered.");
            }
        }
    }

    private static IByteLink Open(string port) => SerialSettings.TryParse("115200 8N1", out var settings, out var error)
        ? SerialLinks.Open(settings with { Port = port }, SerialImplementation.Posix, null)
        : throw new InvalidOperationException(error);

    private static double Theirs(string port, int trips)
    {
        var start = new ProcessStartInfo(Peers.Program("libmodbus_client"), [port, trips.ToString(CultureInfo.InvariantCulture), "0"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(said.Split(' ', '\n').First(word => double.TryParse(word, CultureInfo.InvariantCulture, out _)), CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"The libmodbus client ended with {process.ExitCode}: {said}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
