using System.Globalization;
using System.Text;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.App.Bench;

/// <summary>A bench as one page for people, French first: the verdict, what limits the machine, then the figures.</summary>
internal static class BenchText
{
    public static string Of(BenchResult bench)
    {
        var text = new StringBuilder();
        Verdict(text, bench);
        Figures(text, bench);
        Machine(text, bench);
        return text.ToString();
    }

    private static void Verdict(StringBuilder text, BenchResult bench)
    {
        var best = BenchVerdict.Best(bench);
        text.Append(best > 0
            ? string.Create(CultureInfo.InvariantCulture, $"VERDICT : cette machine tient un tick de {best} ms / this machine holds a tick of {best} ms\n")
            : "VERDICT : cette machine ne tient aucun de ces ticks / this machine holds none of these ticks\n");
        foreach (var tick in BenchVerdict.TickMillis)
        {
            var word = Word(BenchVerdict.Of(bench, tick, out var needsSpin));
            text.Append(CultureInfo.InvariantCulture, $"  {tick,3} ms : {word}{(needsSpin ? ", avec \"spin\" seulement/with \"spin\" only" : "")}\n");
        }

        var limits = BenchVerdict.Limits(bench).ToArray();
        text.Append(limits.Length > 0 ? "ce qui la limite / what limits it\n" : "rien ne la limite ici / nothing limits it here\n");
        foreach (var limit in limits)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - {limit.French} / {limit.English}\n");
            if (limit.Remedy.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"      {limit.Remedy}\n");
            }
        }
    }

    private static void Figures(StringBuilder text, BenchResult bench)
    {
        text.Append("\nréveil à 1 kHz / wake-up at 1 kHz\n");
        StatusText.AppendLatencies(text, BenchJson.Of(bench)["latencies"]!.AsArray());
        text.Append(bench.CyclictestAbsence.Length == 0
            ? "  étalonné : cyclictest a tourné en alternance / calibrated: cyclictest ran in turn"
            : $"  SANS ÉTALONNAGE, ces chiffres ne se comparent pas / WITHOUT CALIBRATION, not to be compared: {bench.CyclictestAbsence}");
        foreach (var latency in bench.Latencies.Where(latency => latency is { P99Ratio: not null, Loop: not BenchLoop.Cyclictest }))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  p99 {latency.Loop.ToString().ToLowerInvariant()} {(latency.Loaded ? "chargé/loaded" : "au repos/idle")} : {latency.P99Ratio:0.###} x cyclictest");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n\nramasse-miettes pendant la mesure/collections meanwhile : {bench.Collections}\n");
        text.Append(CultureInfo.InvariantCulture, $"anneau/ring : {bench.RingNanosPerSample:0.0} ns/échantillon, ns/sample\n");
        text.Append(bench.Disk.Count == 0
            ? $"disque/disk ({bench.Folder}) : -\n"
            : $"disque/disk ({bench.Folder}) : 4 Kio fdatasync p50 {StatusText.Span(bench.Disk.PercentileNanos(0.5))}, p99 {StatusText.Span(bench.Disk.PercentileNanos(0.99))}, max {StatusText.Span(bench.Disk.LongestNanos)}\n");
    }

    private static void Machine(StringBuilder text, BenchResult bench)
    {
        var machine = bench.Machine;
        text.Append(CultureInfo.InvariantCulture, $"\nmachine : {machine.Processor}, {machine.Processors} CPU{(machine.IsVirtual ? ", virtuelle/virtual" : "")}\n");
        text.Append(CultureInfo.InvariantCulture, $"noyau/kernel : {machine.Kernel}, {Or(machine.KernelHz > 0 ? $"HZ={machine.KernelHz}" : "")}, préemption/preemption {Or(machine.Preemption)}\n");
        text.Append(CultureInfo.InvariantCulture, $"horloge/clock : {Or(machine.ClockSource)}, fréquence/governor {Or(machine.Governor)}\n");
        foreach (var privilege in bench.Privileges.Select(LoopReport.Describe))
        {
            StatusText.AppendPrivilege(text, privilege);
        }
    }

    private static string Word(BenchWord word) => word switch
    {
        BenchWord.Good => "bon/good",
        BenchWord.Borderline => "limite/borderline",
        BenchWord.Bad => "non/no",
        _ => "non mesuré/not measured",
    };

    private static string Or(string text) => text.Length > 0 ? text : "?";
}
