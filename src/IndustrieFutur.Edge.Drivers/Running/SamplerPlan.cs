using System.Buffers.Binary;
using System.Security.Cryptography;
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
        Converters = { new StageProgramConverter(), new SecretReferenceConverter() },
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

    /// <summary>Where blocks are: Linux keeps them in RAM; a file on a disk would be written back while the loop writes to it.</summary>
    public const string Folder = "/dev/shm";

    /// <summary>The block of a data folder, by whatever name and link the folder is reached.</summary>
    public static string BlockOf(string dataFolder)
    {
        var path = Path.TrimEndingDirectorySeparator(SharedFile.RealPath(dataFolder));
        return Path.Combine(Folder, "ifedge-" + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(path)))[..16]);
    }

    /// <summary>Where the plan of a block lies.</summary>
    public static string FileOf(string block) => block + ".plan";

    /// <exception cref="JsonException">It is no plan.</exception>
    public static SamplerPlan Of(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<SamplerPlan>(json, Format) ?? throw new JsonException("It holds no plan.");

    /// <summary>
    /// Names the whole of a plan, as it is written, and the programs that know what it means. The hash that travels with the samples does not
    /// do: it leaves out from where a device is read and how often the loop ticks, and a sampler that reads the old address is the wrong one.
    /// </summary>
    public static ulong HashOf(ReadOnlySpan<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(json);
        hash.AppendData(typeof(HotMemory).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(SamplerPlan).Module.ModuleVersionId.ToByteArray());
        return BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset());
    }

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
