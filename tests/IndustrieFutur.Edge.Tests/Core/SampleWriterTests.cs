using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Tests.Core;

/// <summary>The driver's end of a ring.</summary>
public sealed class SampleWriterTests
{
    [Fact]
    public void A_value_without_a_source_time_bears_the_time_of_its_arrival()
    {
        using var cell = new HotCell([HotCell.Signal(0)]);

        cell.Writer.Write(0, StatusCode.Good, 1, cell.MonoNow);

        var sample = cell.Input.Peek(1)[0];
        Assert.Equal((cell.UtcNow, cell.MonoNow), (sample.SourceUtcNanos, sample.ArrivalMonoNanos));
    }

    [Fact]
    public void What_a_full_ring_refuses_is_booked()
    {
        using var cell = new HotCell([HotCell.Signal(0)], input: 2);

        for (var i = 0; i < 5; i++)
        {
            cell.Write(0, i);
        }

        var entry = cell.Ledger.Read(0);
        Assert.Equal((5, 3, 2), (entry.Produced, entry.RefusedAtInput, entry.InRings));
    }

    [Fact]
    public void Bad_texts_do_not_use_up_the_slots_of_good_ones()
    {
        using var cell = new HotCell([HotCell.Text(0)]);

        for (var i = 0; i < 100; i++)
        {
            cell.WriteText(0, "?", StatusCode.BadNoCommunication);
            cell.Tick();
            Assert.Null(Assert.Single(cell.Drain()).Text);
        }

        cell.WriteText(0, "back");
        cell.Tick();

        Assert.Equal("back", Assert.Single(cell.Drain()).Text);
        Assert.Equal(0, cell.Total().Refused);
    }
}
