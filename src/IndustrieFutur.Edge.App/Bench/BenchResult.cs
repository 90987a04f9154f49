using IndustrieFutur.Edge.Core.Pacing;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>Everything that one bench measured; judged by <see cref="BenchVerdict"/>.</summary>
internal sealed record BenchResult
{
    public required DateTimeOffset At { get; init; }

    public required MachineFacts Machine { get; init; }

    public required IReadOnlyList<PrivilegeReport> Privileges { get; init; }

    public required IReadOnlyList<LoopLatency> Latencies { get; init; }

    /// <summary>Why there is no reference; empty when there is.</summary>
    public required string CyclictestAbsence { get; init; }

    /// <summary>Garbage collections while our loop ran: each of them holds it up.</summary>
    public required long Collections { get; init; }

    /// <summary>What it costs to bring a sample through a ring, in and out.</summary>
    public required double RingNanosPerSample { get; init; }

    /// <summary>Where the disk was tried.</summary>
    public required string Folder { get; init; }

    /// <summary>How long 4 KiB take to lie on the disk; empty when the folder cannot be written.</summary>
    public required HistogramSnapshot Disk { get; init; }

    public HistogramSnapshot? Of(BenchLoop loop, bool loaded) =>
        Latencies.FirstOrDefault(latency => latency.Loop == loop && latency.Loaded == loaded)?.Histogram;

    public bool IsGranted(Privilege privilege) => Privileges.Any(report => report.Privilege == privilege && report.Granted);
}
