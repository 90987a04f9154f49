using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>The buffer of a message grows to its limit and no further, and serves again without garbage.</summary>
public sealed class MessageBufferTests
{
    [Fact]
    public void A_message_beyond_the_limit_is_refused()
    {
        var buffer = new MessageBuffer(1000);
        var written = 0;

        var refused = Assert.Throws<UaException>(() =>
        {
            var writer = new UaWriter(buffer);
            for (; written < 10_000; written += 8)
            {
                writer.WriteInt64(written);
            }
        });

        Assert.Equal(1000, written);
        Assert.Equal(0x80080000, refused.Status);
        Assert.Contains("1000 bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_message_of_the_same_size_costs_nothing()
    {
        var buffer = new MessageBuffer(1 << 20);

        Assert.Equal(0, AllocationGuard.BytesOf(() => Fill(buffer)));
        Assert.Equal(400_000, buffer.Length);
    }

    private static void Fill(MessageBuffer buffer)
    {
        buffer.Clear();
        var writer = new UaWriter(buffer);
        for (var i = 0; i < 100_000; i++)
        {
            writer.WriteInt32(i);
        }
    }
}
