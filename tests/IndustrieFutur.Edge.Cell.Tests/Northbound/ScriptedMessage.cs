using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Cell.Tests.Northbound;

/// <summary>One telemetry message as a scripted broker got it.</summary>
/// <param name="Connection">Of how many connections it came on which, from 1.</param>
/// <param name="PacketBytes">The whole PUBLISH.</param>
internal sealed record ScriptedMessage(int Connection, int PacketBytes, byte[] Payload)
{
    /// <summary>The sequence number of its first sample.</summary>
    public ulong First
    {
        get
        {
            Assert.True(TelemetryReader.TryOpen(Payload, out var reader));
            return reader.First;
        }
    }
}
