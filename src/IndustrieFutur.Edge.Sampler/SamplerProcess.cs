using System.Globalization;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers;
using IndustrieFutur.Edge.Drivers.Running;

namespace IndustrieFutur.Edge.Sampler;

/// <summary>
/// The synchronous links and the sampling loop of a cell, in a process that has nothing else to do: no collection of somebody else's garbage
/// holds the loop, and no crash of the service stops it. Ends when it is told to, or when no service has shown up for long.
/// </summary>
internal static class SamplerProcess
{
    private const int WrongPlan = 3;

    /// <summary>The main thread only looks whether to stop.</summary>
    private const long LookEveryNanos = 50_000_000;

    private static volatile bool _terminated;

    public static int Run(string block)
    {
        var plan = SamplerPlan.Read(SamplerPlan.FileOf(block));
        using var mapped = new MappedBlock(block);
        var memory = mapped.Memory;
        var join = new SamplerJoin(memory);
        if (join.Mismatch(plan.Cell.Hash) is { } mismatch)
        {
            LineLogger.Say($"3 The block {block} is not used: {mismatch}.");
            return WrongPlan;
        }

        // Ctrl+C goes to every process of the terminal: the service hears it and says when the sampler is to end.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = _terminated = true);
        var links = plan.Links();
        var hot = new HotSide(memory, plan.Cell, links, plan.RingSamples, TimeProvider.System);
        Sample(plan, join, hot, links);
        return 0;
    }

    private static void Sample(SamplerPlan plan, SamplerJoin join, HotSide hot, IReadOnlyList<LinkPlan> links)
    {
        TakeOver(join, hot);
        var surroundings = new DriverSurroundings(plan.Cell.Edge, "", plan.BaseFolder, TimeProvider.System);
        var runners = new List<LinkRunner>();
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i].Kind.RunsApart)
            {
                runners.Add(Prepare(join, hot, links[i], i, surroundings));
            }
        }

        using var thread = new SamplingThread(hot.Loop, hot.Gauges, plan.Pace());
        thread.Start();
        join.SamplerBegins(Environment.ProcessId, hot.Gauges.LastTickMonoNanos, MonoClock.NowNanos());
        runners.ForEach(static runner => runner.Start());
        WaitForTheEnd(join, plan.OrphanAfter);
        LinkRunner.StopAll(runners);
        thread.Stop();
        join.SamplerEnds();
    }

    /// <summary>What a sampler that was killed left half done is put in order; on a new block there is nothing.</summary>
    private static void TakeOver(SamplerJoin join, HotSide hot)
    {
        if (join.Starts == 0)
        {
            return;
        }

        hot.Output.TakeOverWriting();
        hot.Latest.TakeOver();
        foreach (var ring in hot.Inputs)
        {
            ring.TakeOverReading();
        }
    }

    private static LinkRunner Prepare(SamplerJoin join, HotSide hot, LinkPlan link, int index, DriverSurroundings surroundings)
    {
        hot.Inputs[index].TakeOverWriting();
        var writer = hot.WriterOf(index);
        var runner = link.Run(hot.Views[index], writer, surroundings, new LineLogger());
        if (join.Starts > 0)
        {
            hot.MarkGap(link, writer, hot.Gauges.LastTickMonoNanos, MonoClock.NowNanos());
        }

        return runner;
    }

    private static void WaitForTheEnd(SamplerJoin join, TimeSpan orphanAfter)
    {
        var orphanNanos = orphanAfter.Ticks * 100;
        while (!_terminated && !join.MustStop)
        {
            var now = MonoClock.NowNanos();
            if (now - join.ServiceBeatMonoNanos > orphanNanos)
            {
                LineLogger.Say(string.Create(
                    CultureInfo.InvariantCulture, $"3 No service has come for {orphanAfter.TotalSeconds:0} s; the sampler ends. What its rings hold stays in the block."));
                return;
            }

            Pacer.SleepUntil(now + LookEveryNanos);
        }
    }
}
