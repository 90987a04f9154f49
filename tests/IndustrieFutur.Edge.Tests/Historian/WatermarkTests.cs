using IndustrieFutur.Edge.Historian.Ingest;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Historian;

/// <summary>What a historian says that its store has: never more than it has, and never more than a message holds.</summary>
public sealed class WatermarkTests
{
    private readonly Watermark _watermark = new();

    [Fact]
    public void The_prefix_grows_when_the_hole_before_it_closes()
    {
        _watermark.Add(new SequenceRange(3, 5), 0);
        Assert.Equal((0ul, 1), (_watermark.UpTo, _watermark.Ranges.Count()));

        _watermark.Add(new SequenceRange(1, 2), 0);
        Assert.Equal((5ul, 0), (_watermark.UpTo, _watermark.Ranges.Count()));
    }

    [Fact]
    public void Refused_numbers_count_as_done_but_a_store_of_prefixes_stops_before_them()
    {
        _watermark.Add(new SequenceRange(1, 4), 0);
        _watermark.Add(new SequenceRange(5, 6), 2);
        _watermark.Add(new SequenceRange(7, 9), 0);
        Assert.Equal((9ul, 4ul), (_watermark.UpTo, _watermark.UpToBeforeRefused));

        _watermark.ForgetRefusedBelow(6);
        Assert.Equal([new RefusedRange(5, 6, 2)], _watermark.Refused);

        _watermark.ForgetRefusedBelow(7);
        Assert.Equal((9ul, 0), (_watermark.UpToBeforeRefused, _watermark.Refused.Count));
    }

    [Fact]
    public void Neighbours_refused_for_the_same_cause_are_one_range()
    {
        _watermark.Add(new SequenceRange(4, 4), 2);
        _watermark.Add(new SequenceRange(5, 5), 2);
        _watermark.Add(new SequenceRange(6, 6), 3);
        _watermark.Add(new SequenceRange(1, 1), 2);

        Assert.Equal([new RefusedRange(1, 1, 2), new RefusedRange(4, 5, 2), new RefusedRange(6, 6, 3)], _watermark.Refused);
    }

    [Fact]
    public void Beyond_64_ranges_the_highest_are_forgotten()
    {
        _watermark.Add(new SequenceRange(1, 1), 0);
        for (var i = 1ul; i <= 70; i++)
        {
            _watermark.Add(new SequenceRange(i * 10, i * 10), 0);
        }

        Assert.Equal(Watermark.RangesMax, _watermark.Ranges.Count());
        Assert.Equal(640ul, _watermark.Ranges.Last().Last);
    }

    [Fact]
    public void A_refusal_that_finds_no_room_is_not_counted_as_done()
    {
        for (var i = 0ul; i < Watermark.RefusedMax; i++)
        {
            _watermark.Add(new SequenceRange(2 * i + 1, 2 * i + 1), 2);
            _watermark.Add(new SequenceRange(2 * i + 2, 2 * i + 2), 0);
        }

        _watermark.Add(new SequenceRange(2 * Watermark.RefusedMax + 1, 2 * Watermark.RefusedMax + 1), 2);
        Assert.Equal(2ul * Watermark.RefusedMax, _watermark.UpTo);

        _watermark.ForgetRefusedBelow(3);
        _watermark.Add(new SequenceRange(2 * Watermark.RefusedMax + 1, 2 * Watermark.RefusedMax + 1), 2);
        Assert.Equal(2ul * Watermark.RefusedMax + 1, _watermark.UpTo);
    }

    [Fact]
    public void What_is_told_can_be_taken_up_again()
    {
        _watermark.Add(new SequenceRange(1, 4), 0);
        _watermark.Add(new SequenceRange(5, 5), 2);
        _watermark.Add(new SequenceRange(9, 12), 0);

        var again = Watermark.From(_watermark.ToStored("plc", 1));

        Assert.Equivalent(_watermark.ToStored("plc", 1), again.ToStored("plc", 1), strict: true);
    }
}
