using System.Buffers.Binary;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.SecureChannel;

/// <summary>
/// The chunks of captured exchanges between foreign stacks: those that open a channel decrypt and verify with the keys of both sides, all
/// others decrypt, verify, and are made again to the same bytes.
/// </summary>
[Trait("Proof", "opcua-vectors")]
public sealed class ChunkVectorTests
{
    [Fact]
    public void Opening_chunks_decrypt_and_verify_with_the_recorded_keys()
    {
        var opened = 0;
        foreach (var capture in SecuredCapture.ReadAll())
        {
            using var channel = new RecordedChannel(capture);
            foreach (var message in capture.Messages.Where(message => message.Kind.StartsWith("OPN", StringComparison.Ordinal)))
            {
                var open = channel.Open(message.FromClient, message.Wire);
                Assert.True(message.Plaintext.AsSpan().StartsWith(open), $"{capture.File}: an opening chunk decrypts to something else");
                opened++;
            }
        }

        Assert.Equal(12, opened);
    }

    [Fact]
    public void Opening_chunks_of_our_own_making_have_the_length_of_the_captured_ones()
    {
        foreach (var capture in SecuredCapture.ReadAll())
        {
            using var channel = new RecordedChannel(capture);
            foreach (var message in capture.Messages.Where(message => message.Kind.StartsWith("OPN", StringComparison.Ordinal)))
            {
                var open = channel.Open(message.FromClient, message.Wire);

                var ours = OpenChunkWriter.Write(
                    channel.KeysOf(message.FromClient), OpenChunk.Read(message.Wire).ChannelId, Sequence(open), RequestId(open), open[8..], 65_536);

                // The encrypted part is random; what is in clear in front of it is not.
                Assert.Equal(message.Wire.Length, ours.Length);
                Assert.Equal(Convert.ToHexString(message.Wire, 0, message.SignedHeaderLength), Convert.ToHexString(ours, 0, message.SignedHeaderLength));
                Assert.True(channel.Open(message.FromClient, ours).SequenceEqual(open));
            }
        }
    }

    [Fact]
    public void Secured_chunks_decrypt_verify_and_are_made_again_to_the_same_bytes()
    {
        var checkedChunks = 0;
        foreach (var capture in SecuredCapture.ReadAll())
        {
            using var channel = new RecordedChannel(capture);
            foreach (var message in capture.Messages)
            {
                if (message.Kind.StartsWith("OPN", StringComparison.Ordinal))
                {
                    channel.TakeToken(message.FromClient, channel.Open(message.FromClient, message.Wire));
                    continue;
                }

                var chunk = channel.MakeAgain(message.FromClient, message.Wire, out var plain);
                Assert.True(message.Plaintext.AsSpan().StartsWith(plain), $"{capture.File}: a chunk decrypts to something else");
                Assert.Equal(Convert.ToHexString(message.Wire), Convert.ToHexString(chunk));
                checkedChunks++;
            }
        }

        Assert.Equal(78, checkedChunks);
    }

    [Fact]
    public void A_captured_channel_is_followed_over_its_renewals()
    {
        using var channel = new RecordedChannel(SecuredCapture.ReadAll().Single(capture => capture.File == "secure-Basic256Sha256-Sign-2048-anon.json"));
        var (fromClient, fromServer) = (new SequenceNumbers(), new SequenceNumbers());
        var tokens = 0;
        var messages = 0;

        // The first connection asked for the endpoints without security.
        foreach (var captured in VectorFile.Chunks("renew.jsonl").Where(chunk => chunk.Connection == 2 && chunk.Type is "OPNF" or "MSGF" or "CLOF"))
        {
            ReadOnlySpan<byte> plain;
            if (captured.Type == "OPNF")
            {
                plain = channel.Open(captured.FromClient, captured.Bytes);
                channel.TakeToken(captured.FromClient, plain);
                tokens += captured.FromClient ? 0 : 1;
            }
            else
            {
                Assert.Equal(Convert.ToHexString(captured.Bytes), Convert.ToHexString(channel.MakeAgain(captured.FromClient, captured.Bytes, out plain)));
                messages++;
            }

            VectorTests.SurvivesTheRoundTrip(plain[8..].ToArray());
            (captured.FromClient ? ref fromClient : ref fromServer).Check(Sequence(plain));
        }

        Assert.Equal(3, tokens);
        Assert.Equal(13, messages);
    }

    private static uint Sequence(ReadOnlySpan<byte> plain) => BinaryPrimitives.ReadUInt32LittleEndian(plain);

    private static uint RequestId(ReadOnlySpan<byte> plain) => BinaryPrimitives.ReadUInt32LittleEndian(plain[4..]);
}
