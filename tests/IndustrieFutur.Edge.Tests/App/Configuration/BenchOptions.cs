using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers;

namespace IndustrieFutur.Edge.Tests.App.Configuration;

/// <summary>A device with one key of every shape, so that the reading of configurations is tested without any real driver.</summary>
public sealed class BenchOptions : DeviceOptions
{
    [Description("The line it hangs on.")]
    public string? Serial { get; init; }

    public string? Tcp { get; init; }

    [Range(1, 247)]
    [Description("Its number on the line.")]
    public int Unit { get; init; } = 1;

    [Range(0.0, double.MaxValue)]
    public double Gain { get; init; } = 1;

    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:05")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(300);

    public bool Exclusive { get; init; }

    [MaxLength(2)]
    public IReadOnlyList<int> Skip { get; init; } = [];

    public IReadOnlyDictionary<string, GroupOptions<BenchSignalOptions>> Groups { get; init; } = new Dictionary<string, GroupOptions<BenchSignalOptions>>();

    public IReadOnlyDictionary<string, BenchTargetOptions> Targets { get; init; } = new Dictionary<string, BenchTargetOptions>();

    public static DriverKind Kind { get; } = new(
        "bench",
        typeof(BenchOptions),
        device => ((BenchOptions)device).Serial ?? "none",
        (first, second) => ((BenchOptions)first).Gain == ((BenchOptions)second).Gain ? null : "the gains differ; write the same \"gain\" for both",
        (_, _, _, _) => throw new NotSupportedException("The bench device is read from a configuration and never run."));

    public override IEnumerable<KeyValuePair<string, TargetOptions>> CommandTargets() =>
        Targets.Select(target => KeyValuePair.Create<string, TargetOptions>(target.Key, target.Value));

    public override IEnumerable<SignalEntry> Entries() =>
        from @group in Groups
        from signal in @group.Value.Signals
        select new SignalEntry(@group.Key, @group.Value.Interval, signal.Key, signal.Value);

    public override void Check(Mistakes mistakes)
    {
        base.Check(mistakes);
        if (Serial is not null && Tcp is not null)
        {
            mistakes.Add("\"serial\" and \"tcp\" exclude one another; keep one", "tcp");
        }

        if (Serial is null && Tcp is null)
        {
            mistakes.Add("the link is missing; add \"serial\": \"...\" or \"tcp\": \"...\"", "serial");
        }
    }
}
