using System.Security.Cryptography;
using System.Text;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The memory that a service shares with its sampler: a file that lives in RAM, one for each data folder, with the plan beside it.</summary>
internal sealed class SamplerBlock
{
    /// <summary>Linux keeps it in RAM; a file on a disk would be written back while the loop writes to it.</summary>
    private const string Folder = "/dev/shm";

    private readonly EdgeConfiguration _configuration;

    public SamplerBlock(EdgeConfiguration configuration)
    {
        _configuration = configuration;
        File = FileOf(configuration.DataDirectory);
    }

    public string File { get; }

    /// <summary>The block of a data folder, by the folder's absolute path.</summary>
    public static string FileOf(string dataDirectory) =>
        Path.Combine(Folder, "ifedge-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataDirectory))))[..16]);

    /// <summary>Makes the block anew: zeroed, this user's alone, there for others only when it is whole.</summary>
    public void Create()
    {
        var plan = _configuration.Plan;
        var sampling = _configuration.Options.Sampling;
        Write(SamplerPlan.FileOf(File), Plan(sampling).ToJson());
        var draft = File + ".new";
        System.IO.File.Delete(draft);
        using (var stream = new FileStream(draft, Options(FileMode.CreateNew)))
        {
            stream.SetLength(SamplerJoin.BytesNeeded + HotSide.BytesNeeded(plan, LinkSet.LinksOf(_configuration), sampling.RingSamples));
        }

        using (var mapped = new MappedBlock(draft))
        {
            new SamplerJoin(mapped.Memory).Create(plan.Hash);
        }

        System.IO.File.Move(draft, File, overwrite: true);
    }

    public void Delete()
    {
        System.IO.File.Delete(File);
        System.IO.File.Delete(SamplerPlan.FileOf(File));
    }

    private static void Write(string file, byte[] bytes)
    {
        System.IO.File.Delete(file);
        using var stream = new FileStream(file, Options(FileMode.CreateNew));
        stream.Write(bytes);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private SamplerPlan Plan(SamplingOptions sampling)
    {
        var pace = sampling.ToPace(isIsolated: true);
        return new SamplerPlan
        {
            Cell = _configuration.Plan,
            Devices = LinkSet.LinksOf(_configuration).SelectMany(link => link.Devices).ToDictionary(device => device.Plan.Id, device => SamplerPlan.DeviceOf(device.Options)),
            RingSamples = sampling.RingSamples,
            BaseFolder = _configuration.BaseDirectory,
            Tick = sampling.Tick,
            SpinNanos = sampling.Spin == "auto" ? -1 : pace.Guard.Nanos,
            RealTime = pace.RealTime,
        };
    }
}
