using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Modbus;
using IndustrieFutur.Edge.Protocols.Serial;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Round trips of our client beside libmodbus's, in C, and beside <c>SerialPort</c>, over the same pseudo-terminal and slave, in turns.</summary>
internal static class ModbusRoundtrip
{
    private const int Registers = 10;

    /// <summary>SerialPort takes two milliseconds a trip whatever the machine does: a few of its trips now and then say so.</summary>
    private const int PlainEveryRounds = 10;
    private const int PlainTrips = 60;

    /// <summary>What the issue asks of SerialPort's median beside ours.</summary>
    private const double PlainTimesMin = 20;

    /// <summary>Of so few rounds beside other work: the whole form holds 1.0 for both, and a mistake of ours would cost more than this.</summary>
    private const double BriefSlack = 1.25;

    public static int Run(bool isWhole)
    {
        var (rounds, trips) = isWhole ? (301, 1_000) : (101, 500);
        Prefer();
        var folder = Directory.CreateTempSubdirectory("edge-roundtrip-").FullName;
        var port = Path.Combine(folder, "port");
        using var slave = StartSlave(port);
        Ours(port, 40 * trips);
        var (ours, theirs, plain) = (new List<RoundtripReading>(), new List<RoundtripReading>(), new List<RoundtripReading>());
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

            if (round % PlainEveryRounds == 0)
            {
                plain.Add(Measure(new PlainSerialLink(Settings(port)), PlainTrips));
            }
        }

        slave.Kill();
        return Judge(ours, theirs, plain, isWhole ? 1 : BriefSlack);
    }

    /// <summary>The slave alone, for both clients alike: serves until it is killed.</summary>
    public static int Serve(string port)
    {
        using var cable = SlaveOnPty.Plug(port);
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
        return 0;
    }

    private static int Judge(List<RoundtripReading> ours, List<RoundtripReading> theirs, List<RoundtripReading> plain, double slack)
    {
        var rate = Median(ours.Zip(theirs, (mine, other) => mine.PerSecond / other.PerSecond));
        var median = Median(ours.Zip(theirs, (mine, other) => mine.MedianNanos / other.MedianNanos));
        var plainTimes = Median(plain.Select((reading, turn) => reading.MedianNanos / ours[turn * PlainEveryRounds].MedianNanos));
        var bytes = ours.Sum(reading => reading.Bytes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"p50 of a round trip: ours {Micros(ours):0.0} us, libmodbus {Micros(theirs):0.0} us, SerialPort {Micros(plain):0} us; ours is {median:0.00} of libmodbus's and {plainTimes:0} times less than SerialPort's, {rate:0.00} times as many a second, {bytes} B allocated (medians of {ours.Count} interleaved rounds, the same slave, no inter-frame gap in any){(slack > 1 ? $"; {slack} times is enough for so few rounds, the whole form holds 1.0" : "")}"));
        return median <= slack && rate >= 1 / slack && plainTimes >= PlainTimesMin && bytes == 0 ? 0 : 1;
    }

    /// <summary>Ahead of what else the machine does, as the children will be too: who may not be, measures all three among it.</summary>
    private static void Prefer()
    {
        using var self = Process.GetCurrentProcess();
        try
        {
            self.PriorityClass = ProcessPriorityClass.High;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            Console.WriteLine($"At normal priority: {cause.Message}");
        }
    }

    /// <summary>In a process of its own, so that it stands equally far from both clients.</summary>
    private static Process StartSlave(string port)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve-modbus", port]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        var slave = Process.Start(start)!;
        return slave.StandardOutput.ReadLine() == "ready" ? slave : throw new InvalidOperationException("The slave did not start.");
    }

    private static RoundtripReading Ours(string port, int trips) =>
        Measure(SerialLinks.Open(Settings(port), SerialImplementation.Posix, null), trips);

    private static RoundtripReading Measure(IByteLink opened, int trips)
    {
        using var link = opened;
        var client = new ModbusClient(link, new ModbusClientSettings { Framing = ModbusFraming.Rtu, FrameGapNanos = 0 });
        var nanos = new long[trips];
        Trips(client, nanos.AsSpan(0, trips / 5));
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var began = LinkClock.NowNanos();
        Trips(client, nanos);
        var ended = LinkClock.NowNanos();
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new RoundtripReading(trips * 1e9 / (ended - began), nanos.Order().ElementAt(trips / 2), bytes);
    }

    private static void Trips(ModbusClient client, Span<long> nanos)
    {
        for (var i = 0; i < nanos.Length; i++)
        {
            var asked = LinkClock.NowNanos();
            if (!client.Read(1, ModbusTable.HoldingRegisters, 0, Registers, out var data).IsOk || data.Length != 2 * Registers)
            {
                throw new InvalidOperationException($"Round trip {i} was not answered.");
            }

            nanos[i] = LinkClock.NowNanos() - asked;
        }
    }

    private static SerialSettings Settings(string port) =>
        SerialSettings.TryParse("115200 8N1", out var settings, out var error) ? settings with { Port = port } : throw new InvalidOperationException(error);

    private static RoundtripReading Theirs(string port, int trips)
    {
        var start = new ProcessStartInfo(Peers.Program("libmodbus_client"), [port, trips.ToString(CultureInfo.InvariantCulture), "0"]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && said.Split(' ') is [var perSecond, var medianNanos]
            ? new RoundtripReading(double.Parse(perSecond, CultureInfo.InvariantCulture), double.Parse(medianNanos, CultureInfo.InvariantCulture), 0)
            : throw new InvalidOperationException($"The libmodbus client ended with {process.ExitCode}: {said}");
    }

    private static double Micros(List<RoundtripReading> readings) => Median(readings.Select(reading => reading.MedianNanos)) / 1_000;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
