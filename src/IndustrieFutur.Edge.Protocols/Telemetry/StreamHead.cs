namespace IndustrieFutur.Edge.Protocols.Telemetry;

/// <summary>One stream (a device) as the edge holds it. Sequence numbers start at 1.</summary>
/// <param name="Stream">The device's id.</param>
/// <param name="Epoch">The numbering's name: 16 hexadecimal digits.</param>
/// <param name="Oldest">The oldest number still held; equal to <paramref name="Next"/> when none is.</param>
/// <param name="Next">The number that the next sample will get.</param>
/// <param name="WillSend">What the edge will still send by itself: no holes, only not there yet.</param>
/// <param name="Flush">Somebody waits for the watermark: write now, do not wait for company.</param>
public sealed record StreamHead(
    string Stream, string Epoch, ulong Oldest, ulong Next, IReadOnlyList<SequenceRange> WillSend, bool Flush);
