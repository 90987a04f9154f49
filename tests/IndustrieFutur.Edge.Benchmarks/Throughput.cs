using System.Diagnostics;
using System.Globalization;
using System.Numerics;
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

    private static readonly TimeSpan WarmUpWithin = TimeSpan.FromSeconds(60);

    /// <summary>A lock makes what its waiters sleep on when it is first contended: 56 bytes for each lock, and 632 once for each thread.</summary>
    private const long FirstContentionBytes = 2_048;

    /// <summary>A commit allocates nothing; a new segment each half a million samples has its file, its name and its index.</summary>
    private const double CommitBytesMax = 0.1;

    /// <summary>Where each group is synced, the disk's time is in both, and its moods with it: judged on a machine of its own only.</summary>
    private const double CommitTimesMax = 1.25;

    /// <summary>Beside other work all this costs more, and a quarter of the rate has more of what does not depend on it.</summary>
    private const double BriefSlack = 2;

    /// <summary>The watermark comes each second, and what a busy machine keeps waiting is not lost: three seconds are a line that keeps up.</summary>
    private const double PendingSecondsMax = 3;

    public static int Run(bool isWhole)
    {
        var folder = Directory.CreateTempSubdirectory("edge-throughput-").FullName;
        try
        {
            var flow = Flow(folder, isWhole);
            var costs = new CommitCost();
            costs.Measure(isWhole ? 15 : 3);
            return Judge(flow, costs, isWhole);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ThroughputFlow Flow(string folder, bool isWhole)
    {
        var (perSecond, samplesPerDevice, seconds) = isWhole ? (520_000, new SpoolOptions().SamplesPerDevice, 60) : (130_000, 50_000, 10);
        var port = FreePort.Next();
        using var mosquitto = StartBroker(folder, port);
        using var historian = BenchChild.Ours("throughput-historian", $"{port}");
        historian.Answer();
        using var edge = BenchChild.Ours("throughput-edge", $"{port}", Path.Combine(folder, "spool"), $"{perSecond}", $"{samplesPerDevice}");
        WarmUp(edge, samplesPerDevice);
        var first = ThroughputReading.Of(edge, historian, mosquitto);
        var pending = first.Count.Pending;
        var pacer = new Pacer(TimeSpan.FromSeconds(1));
        for (var second = 0; second < seconds; second++)
        {
            pacer.WaitForNext();
            pending = Math.Max(pending, ThroughputCount.Parse(edge.Ask("?")).Pending);
        }

        var last = ThroughputReading.Of(edge, historian, mosquitto);
        var end = ThroughputCount.Parse(edge.Ask("end"));
        return new ThroughputFlow(perSecond, first, last, end, pending, long.Parse(historian.Ask("?"), CultureInfo.InvariantCulture));
    }

    /// <summary>Until all of the spool's memory has been written once: from then on what the process takes more is growth.</summary>
    private static void WarmUp(BenchChild edge, int samplesPerDevice)
    {
        var (enough, pacer, since) = (1.2 * ThroughputPlan.Devices * BitOperations.RoundUpToPowerOf2((uint)samplesPerDevice), new Pacer(TimeSpan.FromSeconds(1)), Stopwatch.GetTimestamp());
        while (ThroughputCount.Parse(edge.Ask("?")).Written < enough)
        {
            if (Stopwatch.GetElapsedTime(since) > WarmUpWithin)
            {
                throw new InvalidOperationException($"The feed has not written {enough:0} samples within {WarmUpWithin.TotalSeconds:0} s.");
            }

            pacer.WaitForNext();
        }
    }

    private static int Judge(ThroughputFlow flow, CommitCost costs, bool isWhole)
    {
        var (perSecond, first, last, end, pending, received) = flow;
        var seconds = (last.MonoNanos - first.MonoNanos) / 1e9;
        var stored = last.Count.Stored - first.Count.Stored;
        var (rate, cores) = (stored / seconds, (last.EdgeCpuNanos - first.EdgeCpuNanos) / 1e9 / seconds);
        var growth = (double)last.ResidentBytes / first.ResidentBytes - 1;
        var acceptBytes = last.Count.SpoolBytes - first.Count.SpoolBytes;
        var commitBytes = (double)(last.Count.DiskBytes - first.Count.DiskBytes) / stored;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rate:0} samples/s stored for {seconds:0} s in {(last.Count.Messages - first.Count.Messages) / seconds:0} messages/s, on {cores:0.00} cores (mosquitto {(last.BrokerCpuNanos - first.BrokerCpuNanos) / 1e9 / seconds:0.00}, the subscriber {(last.HistorianCpuNanos - first.HistorianCpuNanos) / 1e9 / seconds:0.00}); {end.Written} put into the ring, {received} received, {end.Stored} stored, {end.Dropped} dropped, {end.Refused} refused; pending at most {pending / (double)perSecond:0.0} s; resident {last.ResidentBytes >> 20} MB, {growth:P1} more than at the start ({(last.ResidentBytes - first.ResidentBytes) / seconds / 1_024:0} KB/s); allocated {acceptBytes} B accepting, {commitBytes:0.0000} B a sample committing, {(last.Count.AllBytes - first.Count.AllBytes) / seconds / 1e6:0.0} MB/s in all; {costs.Text}"));
        var slack = isWhole ? 1 : BriefSlack;
        return rate >= (isWhole ? PerSecondMin : 0.9 * perSecond) && cores <= CoresMax * (isWhole ? 1 : perSecond / PerSecondMin * slack)
            && growth <= GrowthMax * slack && acceptBytes <= FirstContentionBytes && commitBytes < CommitBytesMax
            && end.Refused == 0 && end.Dropped == 0 && end.Stored == end.Written && received >= end.Stored && pending <= PendingSecondsMax * slack * perSecond
            && costs.WorstCpu <= slack && (!isWhole || costs.Worst <= CommitTimesMax) ? 0 : 1;
    }

    private static BenchChild StartBroker(string folder, int port)
    {
        var file = Path.Combine(folder, "mosquitto.conf");
        File.WriteAllText(file, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\nmax_inflight_messages 100\nmax_queued_messages 10000\n");
        var broker = new BenchChild("mosquitto", new ProcessStartInfo("mosquitto", ["-c", file]));
        var (since, pacer) = (Stopwatch.GetTimestamp(), new Pacer(TimeSpan.FromMilliseconds(20)));
        while (!IsListening(port))
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(10))
            {
                broker.Dispose();
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
