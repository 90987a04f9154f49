using System.Text;
using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>Gaps as lines: points of a series with one time would be one point.</summary>
public sealed class GapLinesTests
{
    [Fact]
    public void Gaps_noticed_at_once_are_points_of_their_own()
    {
        var stream = new StreamState(new StreamKey("g", "e", "plc"), 0xAB, TimeProvider.System);
        var lines = new LineBatch();
        StoreGap[] gaps = [.. new ulong[] { 1, 1_001, 2_001 }.Select(first => new StoreGap(stream, new SequenceRange(first, first + 9), 1, 5_000_000))];

        lines.Fill(new StoreBatch([], gaps), static _ => false);

        var times = Encoding.UTF8.GetString(lines.Bytes(0, lines.Count).Span).TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[^1]);
        Assert.Equal(["5000000", "6000000", "7000000"], times);
    }
}
