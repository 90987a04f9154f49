using IndustrieFutur.Edge.Simulators.Cell;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Tests.Simulators;

/// <summary>The belt takes what a cobot places on it, besides what comes by itself.</summary>
public sealed class ConveyorTests
{
    private readonly Conveyor _belt = new(SeededRandom.For(1, "belt"));

    [Fact]
    public void A_placed_part_is_carried_to_the_end_and_counted_when_nothing_comes_by_itself()
    {
        Move(1_200, isStarved: true);
        Assert.Equal((0, 1u), (_belt.Parts, _belt.Total));

        _belt.Place();
        Move(1_000, isStarved: true);
        Assert.Equal((1, 1u), (_belt.Parts, _belt.Total));

        Move(200, isStarved: true);
        Assert.Equal((0, 2u), (_belt.Parts, _belt.Total));
    }

    [Fact]
    public void Placed_parts_keep_their_distance_and_a_heap_of_them_does_not_grow()
    {
        Move(1_200, isStarved: true);
        for (var i = 0; i < 100; i++)
        {
            _belt.Place();
        }

        Move(100, isStarved: true);
        Assert.Equal(1, _belt.Parts);

        Move(10_000, isStarved: true);
        Assert.InRange(_belt.Total, 3u, 6u);
    }

    private void Move(int millimetres, bool isStarved)
    {
        for (var i = 0; i < millimetres; i++)
        {
            _belt.Move(1, isStarved);
        }
    }
}
