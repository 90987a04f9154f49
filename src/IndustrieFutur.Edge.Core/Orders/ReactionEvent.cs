using System.Runtime.InteropServices;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>A rule of the plan was set off in a tick.</summary>
/// <param name="reaction">Its index in the plan.</param>
/// <param name="arrivalMonoNanos">When the sample that set it off had arrived.</param>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly struct ReactionEvent(int reaction, long arrivalMonoNanos)
{
    public readonly int Reaction = reaction;
    public readonly long ArrivalMonoNanos = arrivalMonoNanos;
}
