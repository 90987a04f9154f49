using System.Globalization;
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

    private long BytesNeeded =>
        SamplerJoin.BytesNeeded + HotSide.BytesNeeded(_configuration.Plan, LinkSet.LinksOf(_configuration), _configuration.Options.Sampling.RingSamples);

    /// <summary>As the sampler reads it.</summary>
    internal byte[] PlanJson => _plan;

    /// <summary>
    /// Makes the block anew: zeroed, this user's alone, there for others only when it is whole. Throws <see cref="IOException"/> with a
    /// sentence; what lay there before is then as it was.
    /// </summary>
    public void Create()
    {
        var (draft, plan) = (File + ".new", SamplerPlan.FileOf(File));
        try
        {
            Write(draft, BytesNeeded, static _ => { });
            using (var mapped = new MappedBlock(draft))
            {
                new SamplerJoin(mapped.Memory).Create(PlanHash);
            }

            WritePlan();
            System.IO.File.Move(draft, File, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Drop(draft);
            Drop(plan + ".new");
            throw new IOException($"The memory that the service shares with its sampler, {File}, cannot be made: {cause.Message} {Hindrance()}", cause);
        }
    }

    /// <summary>What stands in the way of the block, and what to do, in a sentence; empty when nothing seems to.</summary>
    public string Hindrance()
    {
        try
        {
            foreach (var file in new[] { File, SamplerPlan.FileOf(File) }.Where(Path.Exists))
            {
                SharedFile.Demand(file);
            }

            var free = new DriveInfo(SamplerPlan.Folder).AvailableFreeSpace;
            return free >= BytesNeeded || System.IO.File.Exists(File)
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{SamplerPlan.Folder} has {free >> 10} KiB left and {BytesNeeded >> 10} are needed: make room there (a container: --shm-size), or fewer \"ringSamples\".");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return cause.Message;
        }
    }

    /// <summary>The hot side of this cell over the memory of such a block, behind the join.</summary>
    public HotSide HotSideOf(HotMemory memory) =>
        new(memory, _configuration.Plan, LinkSet.LinksOf(_configuration), _configuration.Options.Sampling.RingSamples, TimeProvider.System);

    /// <summary>Writes the plan again when it is gone or damaged, while no sampler holds it; what hinders that in a sentence, or null.</summary>
    public string? TryWritePlan()
    {
        var file = SamplerPlan.FileOf(File);
        try
        {
            if (!System.IO.File.Exists(file) || !System.IO.File.ReadAllBytes(file).AsSpan().SequenceEqual(_plan))
            {
                WritePlan();
            }

            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"sampler: its plan {file} cannot be written, so nothing is sampled: {cause.Message}";
        }
    }

    /// <summary>After a stop nothing is left in a block that anybody needs. Another user's is not ours to remove.</summary>
    public static void Forget(string dataDirectory)
    {
        var file = SamplerPlan.BlockOf(dataDirectory);
        try
        {
            foreach (var part in new[] { file, SamplerPlan.FileOf(file) }.Where(System.IO.File.Exists))
            {
                SharedFile.Demand(part);
                System.IO.File.Delete(part);
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // It lies in RAM: a restart of the machine is the end of it.
        }
    }

    private void WritePlan()
    {
        var file = SamplerPlan.FileOf(File);
        Write(file + ".new", _plan.Length, stream => stream.Write(_plan));
        System.IO.File.Move(file + ".new", file, overwrite: true);
    }

    private static void Drop(string draft)
    {
        try
        {
            System.IO.File.Delete(draft);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Another user's; told by who asked for the block.
        }
    }

    /// <summary>Room is taken at once: memory that is mapped and not there (a container's /dev/shm has 64 MB) would end both processes later.</summary>
    private static void Write(string file, long bytes, Action<FileStream> fill)
    {
        System.IO.File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, PreallocationSize = bytes };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.SetLength(bytes);
        fill(stream);
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
