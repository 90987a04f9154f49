using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>The memory that a service shares with its sampler: a file that lives in RAM, one for each data folder, with the plan beside it.</summary>
internal sealed class SamplerBlock
{
    private readonly EdgeConfiguration _configuration;
    private readonly byte[] _plan;

    public SamplerBlock(EdgeConfiguration configuration)
    {
        _configuration = configuration;
        File = SamplerPlan.BlockOf(configuration.DataDirectory);
        _plan = Plan(configuration.Options.Sampling).ToJson();
    }

    public string File { get; }

    /// <summary>By which a running sampler is known for one of this plan.</summary>
    public ulong PlanHash => SamplerPlan.HashOf(_plan);

    /// <summary>As the sampler reads it.</summary>
    internal byte[] PlanJson => _plan;

    /// <summary>Makes the block anew: zeroed, this user's alone, there for others only when it is whole.</summary>
    public void Create()
    {
        var ringSamples = _configuration.Options.Sampling.RingSamples;
        Write(SamplerPlan.FileOf(File), _plan);
        var draft = File + ".new";
        System.IO.File.Delete(draft);
        var bytes = SamplerJoin.BytesNeeded + HotSide.BytesNeeded(_configuration.Plan, LinkSet.LinksOf(_configuration), ringSamples);
        using (var stream = new FileStream(draft, Options(bytes)))
        {
            stream.SetLength(bytes);
        }

        using (var mapped = new MappedBlock(draft))
        {
            new SamplerJoin(mapped.Memory).Create(PlanHash);
        }

        System.IO.File.Move(draft, File, overwrite: true);
    }

    /// <summary>After a stop nothing is left in a block that anybody needs.</summary>
    public static void Forget(string dataDirectory)
    {
        var file = SamplerPlan.BlockOf(dataDirectory);
        if (System.IO.File.Exists(file))
        {
            System.IO.File.Delete(file);
            System.IO.File.Delete(SamplerPlan.FileOf(file));
        }
    }

    private static void Write(string file, byte[] bytes)
    {
        var draft = file + ".new";
        System.IO.File.Delete(draft);
        using (var stream = new FileStream(draft, Options(bytes.Length)))
        {
            stream.Write(bytes);
        }

        System.IO.File.Move(draft, file, overwrite: true);
    }

    /// <summary>Room is taken at once: memory that is mapped and not there (a container's /dev/shm has 64 MB) would end both processes later.</summary>
    private static FileStreamOptions Options(long bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, PreallocationSize = bytes };
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
