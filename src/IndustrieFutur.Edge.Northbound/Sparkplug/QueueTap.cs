using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>Hands each accepted sample to the queue of its device. Allocates nothing.</summary>
internal sealed class QueueTap : ISampleTap
{
    private readonly DeviceQueue[] _queueOfSignal;
    private readonly ValueKind[] _kinds;

    public QueueTap(CellPlan plan, IReadOnlyList<DeviceQueue> queues)
    {
        _queueOfSignal = [.. plan.Signals.Select(signal => queues.First(queue => queue.Device.Id == signal.Device))];
        _kinds = [.. plan.Signals.Select(signal => signal.Kind)];
    }

    public void Take(ReadOnlySpan<Sample> run, SampleRing ring)
    {
        DeviceQueue? held = null;
        foreach (ref readonly var sample in run)
        {
            var queue = _queueOfSignal[sample.Signal];
            if (queue != held)
            {
                held?.Exit();
                queue.Enter();
                held = queue;
            }

            var isText = _kinds[sample.Signal] == ValueKind.Text && !StatusCode.IsBad(sample.Status);
            queue.Append(sample, isText ? ring.Text(sample) : default);
        }

        held?.Exit();
    }
}
