using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>While a token follows another, nothing that was secured in time is lost, and an old one does not live on.</summary>
public sealed class TokenRingTests
{
    private const long Lifetime = 1_000;

    [Fact]
    public void A_server_sends_under_the_old_token_until_the_client_has_used_the_new_one()
    {
        using var ring = new TokenRing();
        ring.Add(Token(1, 0));
        ring.Add(Token(2, 750));

        Assert.Equal(1u, ring.ForSending(800).Id);
        ring.Used(ring.ForReceiving(1, 800));
        Assert.Equal(1u, ring.ForSending(810).Id);
        ring.Used(ring.ForReceiving(2, 820));
        Assert.Equal(2u, ring.ForSending(830).Id);
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, Assert.Throws<UaException>(() => ring.ForReceiving(1, 840)).Status);
    }

    [Fact]
    public void A_server_leaves_the_old_token_when_it_expires()
    {
        using var ring = new TokenRing();
        ring.Add(Token(1, 0));
        ring.Add(Token(2, 750));

        Assert.Equal(1u, ring.ForSending(999).Id);
        Assert.Equal(2u, ring.ForSending(1_000).Id);
    }

    [Fact]
    public void A_client_sends_under_the_new_token_at_once_and_still_takes_the_old_one()
    {
        using var ring = new TokenRing();
        ring.Add(Token(1, 0));
        ring.Add(Token(2, 750));
        ring.UseNewest();

        Assert.Equal(2u, ring.ForSending(800).Id);
        Assert.Equal(1u, ring.ForReceiving(1, 1_249).Id);
        Assert.Throws<UaException>(() => ring.ForReceiving(1, 1_250));
    }

    [Fact]
    public void A_token_without_a_successor_ends_at_its_time()
    {
        using var ring = new TokenRing();
        ring.Add(Token(1, 0));

        Assert.Equal(1u, ring.ForSending(999).Id);
        Assert.Equal(StatusCodes.BadSecureChannelTokenUnknown, Assert.Throws<UaException>(() => ring.ForSending(1_000)).Status);
        Assert.Throws<UaException>(() => ring.ForReceiving(7, 10));
    }

    [Fact]
    public void A_peer_that_asks_for_token_after_token_is_given_no_more_room()
    {
        using var ring = new TokenRing();
        for (uint id = 1; id <= 100; id++)
        {
            ring.Add(Token(id, 0));
        }

        Assert.Equal(97u, ring.ForSending(1).Id);
        Assert.Equal(100u, ring.Newest.Id);
        Assert.Throws<UaException>(() => ring.ForReceiving(96, 1));
        Assert.Equal(97u, ring.ForReceiving(97, 1).Id);
    }

    private static ChannelToken Token(uint id, long startNanos) => new(id, SymmetricKeys.None, SymmetricKeys.None, startNanos, startNanos, Lifetime);
}
