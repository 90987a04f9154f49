using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Protocols.Rtde;

namespace IndustrieFutur.Edge.Tests.Protocols.Rtde;

/// <summary>The same packets come out wherever the stream was cut; whatever bytes come, the client ends in plain words and keeps nothing for them.</summary>
public sealed class RtdeStreamTests
{
    private const int Mutations = 20_000;

    private static readonly byte[] Stream = [.. RtdeVectors.Handshake, .. RtdeVectors.Package, .. RtdeVectors.Text, .. RtdeVectors.Package];

    [Fact]
    public void A_stream_cut_in_two_at_every_byte_gives_the_same_packets()
    {
        for (var cut = 1; cut < Stream.Length; cut++)
        {
            Assert.Equal(2, PackagesOf([Stream[..cut], Stream[cut..]]));
        }
    }

    [Fact]
    public void A_stream_cut_in_three_at_every_two_bytes_gives_the_same_packets()
    {
        for (var first = 1; first < Stream.Length - 1; first++)
        {
            for (var second = first + 1; second < Stream.Length; second += 7)
            {
                Assert.Equal(2, PackagesOf([Stream[..first], Stream[first..second], Stream[second..]]));
            }
        }
    }

    [Fact]
    public void A_stream_of_single_bytes_gives_the_same_packets()
    {
        Assert.Equal(2, PackagesOf(Stream.Select(one => (byte[])[one])));
    }

    [Fact]
    public void Damaged_streams_end_in_plain_words()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < Mutations; i++)
        {
            var damaged = Damage(Stream, random);
            var cut = random.Next(damaged.Length + 1);
            try
            {
                PackagesOf([damaged[..cut], damaged[cut..]]);
            }
            catch (Exception cause) when (cause is LinkBrokenException or RtdeRefusedException)
            {
                // As it should: what came was no answer, and that was said.
            }
            catch (Exception cause)
            {
                Assert.Fail($"seed {seed}, stream {i}, {Convert.ToHexString(damaged)}: {cause}");
            }
        }
    }

    private static byte[] Damage(byte[] stream, Random random)
    {
        var damaged = stream.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0: damaged[at] = (byte)random.Next(256); break;
                case 1: damaged[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: damaged.RemoveAt(at); break;
                default: damaged.Insert(at, (byte)random.Next(256)); break;
            }
        }

        return [.. damaged];
    }

    private static int PackagesOf(IEnumerable<byte[]> chunks)
    {
        var client = new RtdeClient(new MemoryLink(chunks.Where(chunk => chunk.Length > 0)), "robot", TestContext.Current.CancellationToken);
        client.Negotiate();
        client.AskControllerVersion();
        if (!client.SetUpOutputs(125, RtdeVectors.Names).IsUsable)
        {
            return 0;
        }

        client.Start();
        var packages = 0;
        while (packages < 2 && client.TryReadData(long.MaxValue, out _))
        {
            packages++;
        }

        return packages;
    }
}
