using System.Text;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Protocols.Sparkplug;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>What of a metric follows from the plan alone: name, alias, datatype, unit.</summary>
internal sealed class MetricShape(SignalPlan signal)
{
    private const long NanosPerMilli = 1_000_000;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(signal.Id);
    private readonly byte[] _unit = Encoding.UTF8.GetBytes(signal.Unit);
    private readonly SparkplugType _type = TypeOf(signal.Kind);

    public SignalPlan Signal => signal;

    /// <summary>The signal's number in the plan, unique across the node. From 1 on: some hosts take an alias of 0 for none.</summary>
    public ulong Alias => (ulong)signal.Index + 1;

    public bool IsText => _type == SparkplugType.String;

    /// <summary>Bytes of its texts in a birth.</summary>
    public int BirthTextBytes => _name.Length + _unit.Length + signal.TextBytes;

    public bool IsNamed(ReadOnlySpan<byte> name) => name.SequenceEqual(_name);

    public static ulong Millis(long utcNanos) => (ulong)Math.Max(0, utcNanos / NanosPerMilli);

    /// <summary>Name, alias and datatype beside the value, as a birth needs them.</summary>
    public SparkplugMetric Birth(scoped in Sample sample, ReadOnlySpan<byte> text) => new()
    {
        Name = _name,
        Alias = Alias,
        UtcMillis = Millis(sample.SourceUtcNanos),
        Type = _type,
        TellsType = true,
        IsNull = StatusCode.IsBad(sample.Status),
        Bits = sample.Bits,
        Text = text,
        Quality = QualityOf(sample.Status),
        Unit = _unit,
    };

    /// <summary>The alias and the value: all that data need.</summary>
    public SparkplugMetric Data(scoped in Sample sample, ReadOnlySpan<byte> text, bool isHistorical) => new()
    {
        Alias = Alias,
        UtcMillis = Millis(sample.SourceUtcNanos),
        Type = _type,
        IsHistorical = isHistorical,
        IsNull = StatusCode.IsBad(sample.Status),
        Bits = sample.Bits,
        Text = text,
        Quality = QualityOf(sample.Status),
    };

    /// <summary>Sparkplug has no word for "uncertain": a value to be used with care is told as stale, never as good.</summary>
    private static SparkplugQuality QualityOf(uint status) =>
        StatusCode.IsGood(status) ? SparkplugQuality.Good : StatusCode.IsBad(status) ? SparkplugQuality.Bad : SparkplugQuality.Stale;

    private static SparkplugType TypeOf(ValueKind kind) => kind switch
    {
        ValueKind.Float64 => SparkplugType.Double,
        ValueKind.Int64 => SparkplugType.Int64,
        ValueKind.UInt64 => SparkplugType.UInt64,
        ValueKind.Boolean => SparkplugType.Boolean,
        _ => SparkplugType.String,
    };
}
