using System.Text.Json;
using System.Text.Json.Serialization;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>
/// What a sampler in a process of its own works by: written by the service, which has read and checked the configuration, beside the block
/// they share. No driver that runs there has a secret.
/// </summary>
public sealed record SamplerPlan
{
    private static readonly JsonSerializerOptions Format = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new StageProgramConverter() },
    };

    public required CellPlan Cell { get; init; }

    /// <summary>By id, all that have a link: the links that the service runs have their place in the block too.</summary>
    public required IReadOnlyDictionary<string, SamplerDevice> Devices { get; init; }

    public required int RingSamples { get; init; }

    /// <summary>Where relative paths of the configuration start, absolute.</summary>
    public required string BaseFolder { get; init; }

    public required TimeSpan Tick { get; init; }

    /// <summary>How much of a wait is spun; below 0: as long as is learnt.</summary>
    public required long SpinNanos { get; init; }

    public required RealTimeSettings RealTime { get; init; }

    /// <summary>So long without a sign of the service a sampler goes on; then it ends by itself.</summary>
    public TimeSpan OrphanAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Where the plan of a block lies.</summary>
    public static string FileOf(string block) => block + ".plan";

    public static SamplerPlan Read(string file) =>
        JsonSerializer.Deserialize<SamplerPlan>(File.ReadAllBytes(file), Format) ?? throw new InvalidDataException($"{file} holds no plan.");

    public static SamplerDevice DeviceOf(DeviceOptions options) =>
        new(options.Driver, JsonSerializer.SerializeToElement(options, options.GetType(), Format));

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    public IReadOnlyList<LinkPlan> Links() => LinkPlan.Of(Cell, OptionsOf);

    public SamplingPace Pace() => new(Tick, SpinNanos < 0 ? SpinGuard.Auto : new SpinGuard(SpinNanos), RealTime);

    private DeviceOptions OptionsOf(string device)
    {
        var (driver, options) = Devices[device];
        var kind = DriverCatalog.Find(driver) ?? throw new InvalidDataException($"The driver \"{driver}\" of {device} is not known to this sampler.");
        return (DeviceOptions)options.Deserialize(kind.Options, Format)!;
    }
}
