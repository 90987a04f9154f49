using System.Text.Json;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Sampler;

/// <summary>
/// A block and the plan it was made for, held by the one sampler that works on them: the plan's file is locked as long as it lives, so that
/// nobody else writes to the same rings.
/// </summary>
internal sealed class SharedPlan : IDisposable
{
    private readonly FileStream _held;
    private readonly MappedBlock _mapped;

    private SharedPlan(FileStream held, SamplerPlan plan, MappedBlock mapped, SamplerJoin join)
    {
        (_held, Plan, _mapped, Join) = (held, plan, mapped, join);
    }

    public SamplerPlan Plan { get; }

    public SamplerJoin Join { get; }

    /// <summary>The block, taken up to where the cell's hot side begins.</summary>
    public HotMemory Memory => _mapped.Memory;

    /// <exception cref="IOException">They are not there, or another sampler holds them.</exception>
    /// <exception cref="JsonException">The plan is none.</exception>
    /// <exception cref="InvalidDataException">The two do not belong together.</exception>
    public static SharedPlan Open(string block)
    {
        SharedFile.Demand(SamplerPlan.FileOf(block));
        var held = new FileStream(SamplerPlan.FileOf(block), FileMode.Open, FileAccess.Read, FileShare.None);
        MappedBlock? mapped = null;
        try
        {
            var json = new byte[held.Length];
            held.ReadExactly(json);
            mapped = new MappedBlock(block);
            var join = new SamplerJoin(mapped.Memory);
            return join.Mismatch(SamplerPlan.HashOf(json)) is { } mismatch
                ? throw new InvalidDataException($"The block is not used: {mismatch}.")
                : new SharedPlan(held, SamplerPlan.Of(json), mapped, join);
        }
        catch
        {
            mapped?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>For a sampler that nobody started for this block: null unless a service waits for it, or did until lately.</summary>
    public static SharedPlan? TryOpen(string block)
    {
        if (!File.Exists(block))
        {
            return null;
        }

        try
        {
            var shared = Open(block);
            if (!shared.Join.MustStop && !shared.IsOrphaned(MonoClock.NowNanos()))
            {
                return shared;
            }

            shared.Dispose();
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or ArgumentException)
        {
            // Being made, or not of this program: a service that wants it makes it anew.
            return null;
        }
    }

    /// <summary>No service has shown that it lives for longer than a sampler goes on alone.</summary>
    public bool IsOrphaned(long monoNow) => monoNow - Join.ServiceBeatMonoNanos > Plan.OrphanAfter.Ticks * 100;

    public void Dispose()
    {
        _mapped.Dispose();
        _held.Dispose();
    }
}
