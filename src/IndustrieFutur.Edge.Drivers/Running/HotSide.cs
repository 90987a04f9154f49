using IndustrieFutur.Edge.Core.Ledger;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>
/// The hot side of a cell in one block of memory: a ring and a view per link, the sampling loop, the tables it fills. Made twice over one
/// shared block, by the service and by its sampler, it is the same thing seen from two sides; one of them ticks.
/// </summary>
public sealed class HotSide
{
    /// <summary>Texts that may wait in one ring. Codes and ids come a few a second; 1,024 outlast minutes.</summary>
    private const int TextSlotsMin = 1_024;

    /// <summary>A link that is lost and back says something of every signal twice at once, and more may come before the next tick.</summary>
    private const int SamplesPerSignal = 4;

    /// <summary>The bound per input and tick: a ring of the default size is emptied in eight ticks, whatever the others do.</summary>
    private const int SamplesPerTickMax = 2_048;

    /// <summary>A count takes some microseconds, the spool's turn less than a millisecond.</summary>
    private const int CountsMax = 1_000;

    private readonly CellPlan _plan;
    private readonly IReadOnlyList<LinkPlan> _links;

    /// <param name="memory">The block, from where it is not taken yet.</param>
    /// <param name="plan">What the cell is made of.</param>
    /// <param name="links">Its links.</param>
    /// <param name="ringSamples">Samples each ring holds at least.</param>
    /// <param name="clock">The wall clock.</param>
    public HotSide(HotMemory memory, CellPlan plan, IReadOnlyList<LinkPlan> links, int ringSamples, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(links);
        var count = plan.Signals.Count;
        var (capacity, textSlots) = Shape(plan, ringSamples);
        Gauges = new LoopGauges(memory);
        Ledger = new LedgerCounters(memory, count);
        Latest = new LatestValues(memory, count, plan.TextBytesMax);
        Output = new SampleRing(memory, capacity, textSlots, plan.TextBytesMax);
        Utc = new UtcOffset(clock);
        var rings = new SampleRing[links.Count];
        var views = new LinkView[links.Count];
        var boxes = new OrderBox[links.Count];
        (_plan, _links) = (plan, links);
        for (var i = 0; i < links.Count; i++)
        {
            rings[i] = new SampleRing(memory, capacity, textSlots, plan.TextBytesMax);
            views[i] = new LinkView(memory, links[i].Name, links[i].Kind, links[i].Devices);
            boxes[i] = new OrderBox(memory, links[i].Devices.Count);
        }

        Boxes = boxes;
        Reactions = new ReactionRing(memory);
        var reactions = new ReactionStage(plan.Reactions, count, memory, Reactions);
        Inputs = rings;
        Views = views;
        Loop = new SamplingLoop([.. plan.Signals], rings, Output, Latest, Ledger, new StageStates(memory, plan.Signals), Utc, SamplesPerTickMax, Gauges, reactions);
    }

    public LoopGauges Gauges { get; }

    public LedgerCounters Ledger { get; }

    public LatestValues Latest { get; }

    public SampleRing Output { get; }

    public UtcOffset Utc { get; }

    /// <summary>One ring a link.</summary>
    public IReadOnlyList<SampleRing> Inputs { get; }

    /// <summary>What people and metrics see of each link, whoever runs it.</summary>
    public IReadOnlyList<LinkView> Views { get; }

    /// <summary>The inbox of each link.</summary>
    public IReadOnlyList<OrderBox> Boxes { get; }

    /// <summary>From the tick to the gate: the rules that were set off.</summary>
    public ReactionRing Reactions { get; }

    public SamplingLoop Loop { get; }

    /// <summary>What all of it takes of a block.</summary>
    public static long BytesNeeded(CellPlan plan, IReadOnlyList<LinkPlan> links, int ringSamples)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(links);
        var (capacity, textSlots) = Shape(plan, ringSamples);
        return LoopGauges.BytesNeeded + LedgerCounters.BytesNeeded(plan.Signals.Count) + LatestValues.BytesNeeded(plan.Signals.Count, plan.TextBytesMax)
            + StageStates.BytesNeeded(plan.Signals) + ReactionRing.BytesNeeded + ReactionStage.BytesNeeded(plan.Reactions.Count)
            + ((links.Count + 1) * SampleRing.BytesNeeded(capacity, textSlots, plan.TextBytesMax))
            + links.Sum(link => LinkView.BytesNeeded(link.Kind, link.Devices) + OrderBox.BytesNeeded(link.Devices.Count));
    }

    /// <summary>
    /// For a new loop over memory whose process was killed, before its links run: what that one had not published is as if it had never been,
    /// what it had passed was worked on, and the ledger says so. A link's ring is taken over by who writes it.
    /// </summary>
    /// <param name="running">The links whose writers are in another process, and count on.</param>
    public void TakeOver(IEnumerable<LinkPlan> running)
    {
        ArgumentNullException.ThrowIfNull(running);
        Output.TakeOverWriting();
        Latest.TakeOver();
        foreach (var ring in Inputs)
        {
            ring.GoOnReading();
        }

        var inRings = CountInRings();
        var counted = running.SelectMany(link => link.Devices).SelectMany(device => device.Plan.Signals).Select(signal => signal.Index).ToHashSet();
        for (var signal = 0; signal < inRings.Length; signal++)
        {
            if (!counted.Contains(signal))
            {
                Ledger.TakeOverSampling(signal, inRings[signal]);
            }
        }
    }

    /// <summary>
    /// When nobody else ticks and no link writes any more: works through what the rings still hold, as the loop that is gone would have, so
    /// that all of it lies in the output.
    /// </summary>
    public void RunDry()
    {
        TakeOver([]);
        while (Loop.Tick(MonoClock.NowNanos()) > 0)
        {
        }

        Loop.Flush();
    }

    /// <summary>Why what an earlier process left here cannot be worked with, in a sentence; null when it can. While nobody reads the output.</summary>
    /// <param name="withInputs">Nobody works on the inputs either.</param>
    public string? Unsound(bool withInputs)
    {
        var signals = Latest.Count;
        return !Output.IsSound(signals) ? "its output ring is damaged"
            : withInputs && !Inputs.All(ring => ring.IsSound(signals)) ? "the ring of a link is damaged"
            : null;
    }

    /// <summary>The spool, which reads the output meanwhile, does so in moments: most counts hold at once.</summary>
    private long[] CountInRings()
    {
        var counts = new long[Latest.Count];
        for (var attempt = 0; attempt < CountsMax; attempt++)
        {
            Array.Clear(counts);
            if (Output.TryCountWaiting(counts))
            {
                break;
            }
        }

        foreach (var ring in Inputs)
        {
            _ = ring.TryCountWaiting(counts);
        }

        return counts;
    }

    /// <summary>Conditions on what this side's table says, for one thread.</summary>
    public LiveConditions NewConditions()
    {
        var views = new LinkView?[_plan.Devices.Count];
        for (var i = 0; i < _links.Count; i++)
        {
            foreach (var device in _links[i].Devices)
            {
                views[device.Plan.Index] = Views[i];
            }
        }

        // A device of derived signals has no link; each of its signals is as live as what it is made of.
        return new LiveConditions(_plan, Latest, Gauges, device => views[device] is not { } view || view.Status is { IsConnected: true, State: LinkState.Live });
    }

    /// <summary>Where the thread of a link takes its orders, for the process that runs it.</summary>
    public OrderDesk DeskOf(int link) => new(Boxes[link], _plan, _links[link].Devices.Select(device => device.Plan.Index), NewConditions());

    /// <summary>A writer into the ring of a link, for the process that runs it.</summary>
    public SampleWriter WriterOf(int link) => new(Inputs[link], Ledger, Utc);

    /// <summary>
    /// For the writer of a link whose process was killed, before anything else is written: each of its signals that had a value says that
    /// this one was the last before a gap, at the time of the last tick before it.
    /// </summary>
    public void MarkGap(LinkPlan link, SampleWriter writer, long lastTickMonoNanos, long monoNow)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(writer);
        var text = new byte[ushort.MaxValue];
        var atUtcNanos = Utc.ToUtc(lastTickMonoNanos);
        foreach (var signal in link.Devices.SelectMany(device => device.Plan.Signals))
        {
            var length = Latest.ReadText(signal.Index, text, out var last);
            if (length < 0 || StatusCode.IsBad(last.Status))
            {
                continue;
            }

            _ = signal.Kind == ValueKind.Text
                ? writer.WriteText(signal.Index, StatusCode.UncertainLastUsableValue, text.AsSpan(0, length), atUtcNanos, monoNow)
                : writer.Write(signal.Index, StatusCode.UncertainLastUsableValue, RawOf(signal, last.Bits), atUtcNanos, monoNow);
        }
    }

    /// <summary>What the driver would deliver for a value: the stages scale it again.</summary>
    private static long RawOf(SignalPlan signal, long bits)
    {
        if (!signal.IsScaled)
        {
            return bits;
        }

        var raw = (BitConverter.Int64BitsToDouble(bits) - signal.Offset) / signal.Scale;
        return signal.RawKind switch
        {
            ValueKind.Float64 => BitConverter.DoubleToInt64Bits(raw),
            ValueKind.UInt64 => (long)(ulong)Math.Round(raw),
            _ => (long)Math.Round(raw),
        };
    }

    private static (int Capacity, int TextSlots) Shape(CellPlan plan, int ringSamples)
    {
        var texts = plan.Signals.Count(signal => signal.Kind == ValueKind.Text);
        var capacity = PowerOfTwo(Math.Max(ringSamples, SamplesPerSignal * plan.Signals.Count));
        return (capacity, plan.TextBytesMax == 0 ? 0 : PowerOfTwo(Math.Max(TextSlotsMin, SamplesPerSignal * texts)));
    }

    private static int PowerOfTwo(int atLeast) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)atLeast);
}
