using System.Diagnostics;
using System.Globalization;
using IndustrieFutur.Edge.Cell.Tests.Servers;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Northbound;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>Half a million samples a second from the ring over the spool on the disk and a real mosquitto to a historian that throws them away; what of two processors our process takes; and what a commit costs beside SQLite's.</summary>
internal static class Throughput
{
    /// <summary>What the issue asks.</summary>
    private const double PerSecondMin = 500_000;

    private const double CoresMax = 1.2;

    /// <summary>A process whose memory is flat still breathes: collections come when they like.</summary>
    private const double GrowthMax = 0.05;

    /// <summary>Beside other work all this costs more, and a quarter of the rate has more of what does not depend on it.</summary>
    private const double BriefSlack = 2;

    /// <summary>The watermark comes each second, and what a busy machine keeps waiting is not lost: three seconds are a line that keeps up.</summary>
    private const double PendingSecondsMax = 3;

    public static int Run(bool isWhole)
    {
        // All of the spool's memory has been written once when the measuring begins.
        var (perSecond, samplesPerDevice, warm, seconds) = isWhole ? (520_000, new SpoolOptions().SamplesPerDevice, 25, 60) : (130_000, 50_000, 5, 8);
        var folder = Directory.CreateTempSubdirectory("edge-throughput-").FullName;
        var port = FreePort.Next();
        using var mosquitto = StartBroker(folder, port);
        using var historian = BenchChild.Ours("throughput-historian", $"{port}");
        historian.Answer();
        using var edge = BenchChild.Ours("throughput-edge", $"{port}", Path.Combine(folder, "spool"), $"{perSecond}", $"{samplesPerDevice}");
        new Pacer(TimeSpan.FromSeconds(warm)).WaitForNext();
        var first = ThroughputReading.Of(edge, historian, mosquitto.Id);
        var pending = first.Count.Pending;
        var pacer = new Pacer(TimeSpan.FromSeconds(1));
        for (var second = 0; second < seconds; second++)
        {
            pacer.WaitForNext();
            pending = Math.Max(pending, ThroughputCount.Parse(edge.Ask("?")).Pending);
        }

        var last = ThroughputReading.Of(edge, historian, mosquitto.Id);
        var end = ThroughputCount.Parse(edge.Ask("end"));
        mosquitto.Kill();
        Directory.Delete(folder, recursive: true);
        var costs = new CommitCost();
        costs.Measure(isWhole ? 15 : 3);
        return Judge(first, last, end, pending, perSecond, costs, isWhole);
    }

    private static int Judge(ThroughputReading first, ThroughputReading last, ThroughputCount end, long pending, int perSecond, CommitCost costs, bool isWhole)
    {
        var seconds = (last.MonoNanos - first.MonoNanos) / 1e9;
        var stored = last.Count.Stored - first.Count.Stored;
        var (rate, cores) = (stored / seconds, (last.EdgeCpuNanos - first.EdgeCpuNanos) / 1e9 / seconds);
        var growth = (double)last.ResidentBytes / first.ResidentBytes - 1;
        var acceptBytes = last.Count.SpoolBytes - first.Count.SpoolBytes;
        var commitBytes = (double)(last.Count.DiskBytes - first.Count.DiskBytes) / stored;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:0} samples/s stored for {seconds:0} s in {(last.Count.Messages - first.Count.Messages) / seconds:0} messages/s, on {cores:0.00} cores (mosquitto {(last.BrokerCpuNanos - first.BrokerCpuNanos) / 1e9 / seconds:0.00}, the subscriber {(last.HistorianCpuNanos - first.HistorianCpuNanos) / 1e9 / seconds:0.00}); {end.Written} put into the ring, {end.Stored} stored, {end.Dropped} dropped, {end.Refused} refused; pending at most {pending / (double)perSecond:0.0} s; resident {last.ResidentBytes >> 20} MB, {growth:P1} more than at the start; allocated {acceptBytes} B accepting, {commitBytes:0.0000} B a sample committing, {(last.Count.AllBytes - first.Count.AllBytes) / seconds / 1e6:0.0} MB/s in all; {costs.Text}"));
        var slack = isWhole ? 1 : BriefSlack;
        return rate >= (isWhole ? PerSecondMin : 0.9 * perSecond) && cores <= CoresMax * (isWhole ? 1 : perSecond / PerSecondMin * slack)
            && growth <= GrowthMax * slack && acceptBytes == 0 && commitBytes < 0.5
            && end.Refused == 0 && end.Dropped == 0 && end.Stored == end.Written && pending <= PendingSecondsMax * slack * perSecond
            && costs.Worst <= slack ? 0 : 1;
    }

    private static Process StartBroker(string folder, int port)
    {
        var file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_inflight_messages 100\nmax_queued_messages 10000\n");
        var broker = Process.Start(new ProcessStartInfo("mosquitto", ["-c", file]) { RedirectStandardError = true })
            ?? throw new InvalidOperationException("mosquitto did not start: apt install mosquitto.");
        broker.ErrorDataReceived += (_, _) => { };
        broker.BeginErrorReadLine();
        var (since, pacer) = (Stopwatch.GetTimestamp(), new Pacer(TimeSpan.FromMilliseconds(20)));
        while (!IsListening(port))
        {
            if (broker.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
            {
                throw new InvalidOperationException($"mosquitto does not listen on port {port}.");
            }

            pacer.WaitForNext();
        }

        return broker;
    }

    private static bool IsListening(int port)
    {
        try
        {
            using var tried = new System.Net.Sockets.TcpClient("127.0.0.1", port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
