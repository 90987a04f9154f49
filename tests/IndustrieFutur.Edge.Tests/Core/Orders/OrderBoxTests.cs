using IndustrieFutur.Edge.Core.Orders;

namespace IndustrieFutur.Edge.Tests.Core.Orders;

/// <summary>One order goes from the gate to the link and back, once, whoever else reaches for it.</summary>
public sealed class OrderBoxTests : IDisposable
{
    private readonly OrderScene _scene = new();

    private OrderBox Box => _scene.Box;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public void An_order_arrives_as_it_was_posted_and_its_answer_comes_back()
    {
        var taken = new Order();

        Assert.True(Box.TryPost(1, _scene.Order(id: 42, value: -1.5)));
        Assert.True(Box.HasPosted && Box.IsBusy(1) && !Box.IsBusy(0));
        Assert.True(Box.TryTake(1, taken));
        Box.Answer(1, OrderAnswer.Rejected(0x8074_0000, "Décliné"));
        Assert.True(Box.TryCollect(1, out var report));

        Assert.Equal((42L, 1, -1.5), (taken.Id, taken.Count, taken.Value(0)));
        Assert.Equal((42L, OrderVerdict.Rejected, 0x8074_0000u, "Décliné"), (report.Id, report.Verdict, report.Code, report.Text));
        Assert.InRange(report.TakenMonoNanos, _scene.Now, report.AnsweredMonoNanos);
        Assert.False(Box.IsBusy(1));
    }

    [Fact]
    public void The_link_sees_which_command_waits_without_taking_it()
    {
        Assert.False(Box.IsPosted(1, out _, out _));
        Box.TryPost(1, _scene.Order(command: 1, lifeNanos: 5));

        Assert.True(Box.IsPosted(1, out var command, out var expires));
        Assert.Equal((1, _scene.Now + 5), (command, expires));
        Assert.True(Box.TryTake(1, new Order()));
        Assert.False(Box.IsPosted(1, out _, out _));
    }

    [Fact]
    public void A_device_has_one_order_at_a_time()
    {
        Box.TryPost(0, _scene.Order(id: 1));

        Assert.False(Box.TryPost(0, _scene.Order(id: 2)));
        Assert.True(Box.TryPost(1, _scene.Order(id: 3)));
        Assert.Equal((1L, 3L), (Box.IdIn(0), Box.IdIn(1)));
    }

    [Fact]
    public void What_was_withdrawn_is_never_taken_and_what_was_taken_is_never_withdrawn()
    {
        Box.TryPost(0, _scene.Order());
        Assert.True(Box.TryWithdraw(0));
        Assert.False(Box.TryTake(0, new Order()));

        Box.TryPost(0, _scene.Order());
        Assert.True(Box.TryTake(0, new Order()));
        Assert.False(Box.TryWithdraw(0));
        Assert.False(Box.TryCollect(0, out _));
    }

    [Fact]
    public void Of_two_that_reach_for_an_order_at_once_exactly_one_gets_it()
    {
        const int Rounds = 20_000;
        var (taken, withdrawn, round) = (0, 0, 0);
        var link = new Thread(() =>
        {
            var order = new Order();
            while (Volatile.Read(ref round) < Rounds)
            {
                if (Box.TryTake(0, order))
                {
                    taken++;
                    Box.Answer(0, OrderAnswer.Taken());
                }
            }
        });
        link.Start();

        for (; round < Rounds; Volatile.Write(ref round, round + 1))
        {
            Box.TryPost(0, _scene.Order(id: round + 1));
            Thread.SpinWait(round % 50);
            if (Box.TryWithdraw(0))
            {
                withdrawn++;
                continue;
            }

            SpinWait.SpinUntil(() => Box.TryCollect(0, out _));
        }

        link.Join();
        Assert.Equal(Rounds, taken + withdrawn);
    }

    [Fact]
    public void What_a_killed_link_had_taken_is_unanswered_and_what_waits_goes_on_waiting()
    {
        Box.TryPost(0, _scene.Order(id: 1));
        Box.TryTake(0, new Order());
        Box.TryPost(1, _scene.Order(id: 2));

        Box.TakeOver();

        Assert.True(Box.TryCollect(0, out var report));
        Assert.Equal((1L, OrderVerdict.Unanswered), (report.Id, report.Verdict));
        Assert.True(Box.TryTake(1, new Order()));
    }

    [Fact]
    public void A_long_text_is_cut_between_two_characters()
    {
        Box.TryPost(0, _scene.Order());
        Box.TryTake(0, new Order());

        Box.Answer(0, OrderAnswer.Unanswered(new string('é', 500)));

        Box.TryCollect(0, out var report);
        Assert.Equal(new string('é', OrderSlot.TextBytes / 2), report.Text);
    }
}
