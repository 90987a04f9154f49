using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>What newcomers have begun is counted for all of them, and goes from the count when it ends in any way.</summary>
public sealed class NewcomerLimitsTests
{
    private const int MessageBytesMax = 50_000;

    private readonly NewcomerLimits _newcomers = new(MessageBytesMax, 100_000);

    [Fact]
    public void All_channels_together_hold_no_more_than_is_allowed()
    {
        var (first, second, third) = (Newcomer(), Newcomer(), Newcomer());
        first.Append(1, new byte[45_000]);
        second.Append(1, new byte[45_000]);

        var refusal = Assert.Throws<UaException>(() => third.Append(1, new byte[20_000]));

        Assert.Equal(StatusCodes.BadTcpNotEnoughResources, refusal.Status);
        Assert.Equal(90_000, _newcomers.UnfinishedBytes);
        third.Append(2, new byte[10_000]);
        Assert.Equal(100_000, _newcomers.UnfinishedBytes);
    }

    [Fact]
    public void A_message_that_ends_makes_room_for_others()
    {
        var pieces = Newcomer();
        pieces.Append(1, new byte[30_000]);
        Assert.Equal(40_000, pieces.Close(1, new byte[10_000])!.Bytes.Length);
        Assert.Equal(0, _newcomers.UnfinishedBytes);

        pieces.Append(2, new byte[30_000]);
        pieces.Close(2);
        Assert.Equal(0, _newcomers.UnfinishedBytes);
    }

    [Fact]
    public void What_is_too_large_for_a_newcomer_is_thrown_away_at_once()
    {
        var pieces = Newcomer();
        pieces.Append(1, new byte[30_000]);
        pieces.Append(1, new byte[30_000]);

        Assert.Equal(0, _newcomers.UnfinishedBytes);
        Assert.True(pieces.Close(1, new byte[1])!.IsTooLarge);
    }

    [Fact]
    public void Mixed_messages_of_a_newcomer_hold_together_no_more_than_one_may()
    {
        var pieces = Newcomer();
        pieces.Append(1, new byte[30_000]);
        pieces.Append(2, new byte[30_000]);

        Assert.Equal(30_000, _newcomers.UnfinishedBytes);
        Assert.True(pieces.Close(2)!.IsTooLarge);
        Assert.False(pieces.Close(1)!.IsTooLarge);
    }

    [Fact]
    public void Who_is_no_newcomer_any_more_is_not_counted_and_may_send_more()
    {
        var pieces = Newcomer();
        pieces.Append(1, new byte[30_000]);
        pieces.Bound(null);
        pieces.Append(1, new byte[200_000]);

        Assert.Equal(0, _newcomers.UnfinishedBytes);
        Assert.Equal(230_001, pieces.Close(1, new byte[1])!.Bytes.Length);
    }

    [Fact]
    public void Who_becomes_a_newcomer_again_keeps_only_what_a_newcomer_may()
    {
        var (small, large) = (Reassembler(), Reassembler());
        small.Append(1, new byte[40_000]);
        large.Append(1, new byte[200_000]);
        small.Bound(_newcomers);
        large.Bound(_newcomers);

        Assert.Equal(40_000, _newcomers.UnfinishedBytes);
        Assert.Equal(40_001, small.Close(1, new byte[1])!.Bytes.Length);
        Assert.True(large.Close(1, new byte[1])!.IsTooLarge);
    }

    [Fact]
    public void Where_no_room_is_left_an_unfinished_message_is_not_kept()
    {
        var (first, second, third) = (Newcomer(), Newcomer(), Reassembler());
        first.Append(1, new byte[45_000]);
        second.Append(1, new byte[45_000]);
        third.Append(1, new byte[20_000]);
        third.Bound(_newcomers);

        Assert.Equal(90_000, _newcomers.UnfinishedBytes);
        Assert.True(third.Close(1, new byte[1])!.IsTooLarge);
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var pieces = Newcomer();
        var piece = new byte[1_000];

        Assert.Equal(0, AllocationGuard.BytesOf(() => Exchange(pieces, piece, rounds: 10_000)));
    }

    private static void Exchange(Reassembler pieces, byte[] piece, uint rounds)
    {
        for (uint round = 0; round < rounds; round++)
        {
            pieces.Append(round, piece);
            pieces.Append(round, piece);
            pieces.Close(round, piece);
        }
    }

    private static Reassembler Reassembler() => new(new NegotiatedLimits(65_536, 1_000_000, 1_000, 65_536, 1_000_000, 1_000));

    private Reassembler Newcomer()
    {
        var pieces = Reassembler();
        pieces.Bound(_newcomers);
        return pieces;
    }
}
