using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound.Spool;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Northbound;

/// <summary>A spool that has one sink, and a sample that lay in no ring, without naming that in every call.</summary>
internal static class OneSink
{
    public static void Append(this StreamSpool stream, in Sample sample, ReadOnlySpan<byte> text) => stream.Append(sample, text, at: 0);

    public static HeadMessage Head(this TelemetrySpool spool) => spool.Outlets.Single().Head();

    public static void ApplyStored(this TelemetrySpool spool, string historian, StoredMessage message) =>
        spool.Outlets.Single().ApplyStored(historian, message);

    public static void ApplyStored(this StreamSpool stream, string historian, StreamStored stored) =>
        stream.ApplyStored(stream.Cursors.Single(), historian, stored);

    public static void RequestReplay(this TelemetrySpool spool, ReplayMessage message) => spool.Outlets.Single().RequestReplay("h1", message);

    public static int Take(
        this StreamSpool stream, in BatchTerms terms, bool flush, ulong utcMillis, long monoNow, Span<byte> buffer, Span<byte> scratch, out SentRange sent) =>
        stream.Take(stream.Cursors[0], terms, flush, utcMillis, monoNow, buffer, scratch, out sent);

    public static void Acknowledge(this StreamSpool stream, in SentRange sent) => stream.Acknowledge(stream.Cursors[0], sent);

    public static void Return(this StreamSpool stream, in SentRange sent) => stream.Return(stream.Cursors[0], sent);
}
