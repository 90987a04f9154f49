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
    /// <summary>The main thread only looks whether to stop.</summary>
    private const long LookEveryNanos = 50_000_000;

    /// <summary>The first sample of a signal, one that differs, one more.</summary>
    private const int WarmTurns = 3;

    private static volatile bool _terminated;

    /// <param name="dataFolder">Of the service.</param>
    /// <param name="waits">Nobody started it for a block: it waits for the next one that a service makes.</param>
    public static void Run(string dataFolder, bool waits)
    {
        // Ctrl+C goes to every process of the terminal: the service hears it and says when the sampler is to end.
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, static context => context.Cancel = true);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = _terminated = true);
        var block = SamplerPlan.BlockOf(dataFolder);
        using var shared = waits ? Wait(block) : SharedPlan.Open(block);
        if (shared is not null)
        {
            Sample(shared);
        }
    }

    /// <summary>Null: told to end before a service came.</summary>
    private static SharedPlan? Wait(string block)
    {
        LineLogger.Say($"2 Waits for a service that makes {block}.");
        while (!_terminated)
        {
            if (SharedPlan.TryOpen(block) is { } shared)
            {
                return shared;
            }

            Pacer.SleepUntil(MonoClock.NowNanos() + LookEveryNanos);
        }

        return null;
    }

    private static void Sample(SharedPlan shared)
    {
        var (plan, join) = (shared.Plan, shared.Join);
        var links = plan.Links();
        WarmUp(plan, links);
        var hot = new HotSide(shared.Memory, plan.Cell, links, plan.RingSamples, TimeProvider.System);
        if (join.Starts > 0)
        {
            hot.TakeOver(links.Where(link => !link.Kind.RunsApart));
        }

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
        WaitForTheEnd(shared);
        LinkRunner.StopAll(runners);
        thread.Stop();
        join.SamplerEnds();
    }

    /// <summary>
    /// Has all that a tick of this cell runs compiled before there is a deadline to miss: over memory of its own, with samples of each signal.
    /// </summary>
    private static void WarmUp(SamplerPlan plan, IReadOnlyList<LinkPlan> links)
    {
        using var memory = new HotMemory(HotSide.BytesNeeded(plan.Cell, links, 0));
        var hot = new HotSide(memory, plan.Cell, links, 0, TimeProvider.System);
        for (var turn = 0; turn < WarmTurns; turn++)
        {
            var now = MonoClock.NowNanos();
            for (var i = 0; i < links.Count; i++)
            {
                var writer = hot.WriterOf(i);
                foreach (var signal in links[i].Devices.SelectMany(device => device.Plan.Signals))
                {
                    _ = signal.Kind == ValueKind.Text
                        ? writer.WriteText(signal.Index, StatusCode.Good, "0"u8, now)
                        : writer.Write(signal.Index, StatusCode.Good, turn, now);
                }
            }

            hot.Loop.Tick(now);
            hot.Output.Advance(hot.Output.Peek(int.MaxValue).Length);
        }

        hot.Loop.Flush();
    }

    private static LinkRunner Prepare(SamplerJoin join, HotSide hot, LinkPlan link, int index, DriverSurroundings surroundings)
    {
        hot.Inputs[index].TakeOverWriting();
        var writer = hot.WriterOf(index);
        var runner = link.Run(hot.Views[index], writer, surroundings, new LineLogger(), hot.DeskOf(index));
        if (join.Starts > 0)
        {
            hot.MarkGap(link, writer, hot.Gauges.LastTickMonoNanos, MonoClock.NowNanos());
        }

        return runner;
    }

    private static void WaitForTheEnd(SharedPlan shared)
    {
        while (!_terminated && !shared.Join.MustStop)
        {
            var now = MonoClock.NowNanos();
            if (shared.IsOrphaned(now))
            {
                LineLogger.Say(string.Create(
                    CultureInfo.InvariantCulture, $"3 No service has come for {shared.Plan.OrphanAfter.TotalSeconds:0} s; the sampler ends. What its rings hold stays in the block."));
                return;
            }

            Pacer.SleepUntil(now + LookEveryNanos);
        }
    }
}
