using IndustrieFutur.Edge.Control;
using IndustrieFutur.Edge.Core.Orders;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Tests.Control.Gate;

namespace IndustrieFutur.Edge.Tests.Control;

/// <summary>What the tick saw set off comes to the gate, at once or as soon as its device is free.</summary>
public sealed class ReactionThreadTests : IDisposable
{
    private readonly GateScene _scene = new();
    private readonly HotMemory _memory = new(1 << 20);
    private readonly ReactionRing _ring;
    private readonly ReactionThread _thread;

    public ReactionThreadTests()
    {
        _ring = new ReactionRing(_memory);
        _thread = new ReactionThread(_ring, _scene.Gate);
    }

    public void Dispose()
    {
        _thread.Dispose();
        _scene.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public void A_stop_that_finds_an_order_before_it_is_given_after_it_and_once()
    {
        _ = _scene.AskSpeed("a");
        _ring.Add(0, _scene.MonoNow);
        _thread.Look();
        _scene.Serve();
        _scene.Look();
        var before = _scene.Target.Done.Count;

        for (var i = 0; i < 3; i++)
        {
            _thread.Look();
            _scene.Serve();
        }

        Assert.Equal((1, 2), (before, _scene.Target.Done.Count));
    }

    [Fact]
    public void A_stop_of_a_free_device_is_given_at_the_first_look()
    {
        _ring.Add(0, _scene.MonoNow);

        _thread.Look();
        _scene.Serve();

        Assert.Single(_scene.Target.Done);
        Assert.Equal(1, HistogramSnapshot.Of(_ring.ArrivalToInbox).Count);
    }
}
