using System.Buffers.Binary;
using IndustrieFutur.Edge.Protocols.Rtde;
using IndustrieFutur.Edge.Simulators.Rtde;

namespace IndustrieFutur.Edge.Cell.Tests.Rtde;

/// <summary>A robot that swings by a sine in each of its numbers: enough for who looks at the stream and not at the robot.</summary>
internal sealed class SwingingArm : IRtdeSource
{
    private long _tick;

    /// <inheritdoc/>
    public void Look() => _tick++;

    /// <inheritdoc/>
    public bool TryRead(string field, Span<byte> target)
    {
        if (!RtdeFields.TryFind(field, out var type))
        {
            return false;
        }

        target.Clear();
        if (RtdeFieldTypes.ElementOf(type) == RtdeFieldType.Double)
        {
            for (var at = 0; at < target.Length; at += 8)
            {
                BinaryPrimitives.WriteDoubleBigEndian(target[at..], Math.Sin((_tick + at) / 500.0));
            }
        }

        return true;
    }
}
