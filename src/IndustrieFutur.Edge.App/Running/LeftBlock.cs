using System.Text.Json;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.Running;
using IndustrieFutur.Edge.Northbound.Spool;
using Microsoft.Extensions.Logging;

namespace IndustrieFutur.Edge.App.Running;

/// <summary>
/// The block of an earlier run that this one does not go on with: of another configuration, say. Its sampler is ended, and what its rings
/// hold is taken into the spool, signal by signal of the same name and kind.
/// </summary>
internal sealed class LeftBlock : IDisposable
{
    private readonly MappedBlock _mapped;
    private readonly SamplerPlan _plan;
    private readonly HotSide _hot;

    private LeftBlock(MappedBlock mapped, SamplerPlan plan)
    {
        _mapped = mapped;
        _plan = plan;
        _hot = new HotSide(mapped.Memory, plan.Cell, plan.Links(), plan.RingSamples, TimeProvider.System);
    }

    /// <summary>Ends the sampler of a block; null when nothing in the block can be read, which is told.</summary>
    public static LeftBlock? Open(string block, string why, ILogger logger)
    {
        MappedBlock? mapped = null;
        try
        {
            mapped = new MappedBlock(block);
            var join = new SamplerJoin(mapped.Memory);
            End(join, block);
            SharedFile.Demand(SamplerPlan.FileOf(block));
            var json = File.ReadAllBytes(SamplerPlan.FileOf(block));
            if (join.LayoutMismatch() is { } mismatch)
            {
                throw new InvalidDataException(mismatch);
            }

            var left = new LeftBlock(mapped, SamplerPlan.Of(json));
            if (left._hot.Unsound(withInputs: true) is { } damage)
            {
                throw new InvalidDataException(damage + ".");
            }

            logger.SamplerBlockLeft(block, why);
            return left;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or ArgumentException or InvalidOperationException)
        {
            mapped?.Dispose();
            logger.SamplerBlockUnfit(block, why, cause.Message);
            return null;
        }
    }

    /// <summary>
    /// Before the first drain of the spool: books on what was counted, and takes in what the disk does not have. Returns the samples taken,
    /// and those whose signal is no longer there.
    /// </summary>
    /// <param name="spool">Of today's plan.</param>
    /// <param name="links">Today's, before their start.</param>
    /// <param name="plan">Today's.</param>
    /// <param name="kept">Per signal of today, the samples that came back from the disk.</param>
    public (long Taken, long LeftOut) Empty(TelemetrySpool spool, LinkSet links, CellPlan plan, IReadOnlyList<long> kept)
    {
        _hot.Ledger.TakeOverReading(_hot.Output.Position.Sample);
        _hot.RunDry();
        var signalOf = SignalsOf(plan);
        var again = spool.ReadAgain(_hot.Output, signalOf);
        for (var old = 0; old < signalOf.Length; old++)
        {
            if (signalOf[old] is >= 0 and var signal)
            {
                links.Ledger.Restore(signal, _hot.Ledger.Read(old));
                links.Ledger.TakeOverSpool(signal, again[old], kept[signal]);
                links.Loop.RestoreLastSource(signal, _hot.Loop.LastSource(old));
            }
        }

        return spool.TakeIn(_hot.Output, signalOf);
    }

    public void Dispose() => _mapped.Dispose();

    private static void End(SamplerJoin join, string block)
    {
        var process = join.SamplerProcess;
        SamplerProcesses.End(join, () => SamplerProcesses.IsSampler(process, block), process);
    }

    /// <summary>Today's number of each signal of then; -1: it is gone.</summary>
    private int[] SignalsOf(CellPlan plan)
    {
        var today = plan.Signals.ToDictionary(signal => (signal.Device, signal.Id, signal.Kind), signal => signal.Index);
        return [.. _plan.Cell.Signals.Select(signal => today.GetValueOrDefault((signal.Device, signal.Id, signal.Kind), -1))];
    }
}
