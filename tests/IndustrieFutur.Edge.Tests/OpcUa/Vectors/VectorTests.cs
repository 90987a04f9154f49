using System.Buffers.Binary;
using System.Text;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Vectors;

/// <summary>Captured messages are decoded, and encoded again to the very same bytes.</summary>
[Trait("Proof", "opcua-vectors")]
public sealed class VectorTests
{
    /// <summary>Type, size, channel, token, sequence number and request id.</summary>
    private const int MessageHeaderBytes = 24;

    [Theory]
    [InlineData("none.jsonl", 130)]
    [InlineData("recon.jsonl", 100)]
    [InlineData("transfer.jsonl", 35)]
    [InlineData("chunks.jsonl", 20)]
    [InlineData("renew.jsonl", 7)]
    public void A_captured_exchange_decodes_and_encodes_to_the_same_bytes(string file, int messagesMin)
    {
        var messages = Bodies(VectorFile.Chunks(file)).ToList();

        Assert.All(messages, SurvivesTheRoundTrip);
        Assert.InRange(messages.Count, messagesMin, int.MaxValue);
    }

    [Fact]
    public void Secured_plaintexts_decode_and_encode_to_the_same_bytes()
    {
        var captures = SecuredCapture.ReadAll();

        Assert.Equal(6, captures.Count);
        Assert.All(captures.SelectMany(capture => capture.Messages), message => SurvivesTheRoundTrip(message.Plaintext[8..]));
    }

    [Fact]
    public void A_response_of_5000_items_survives_as_well()
    {
        SurvivesTheRoundTrip(File.ReadAllBytes(Repository.PathOf(VectorFile.Folder, "publish5000.bin")));
    }

    [Fact]
    public void The_figure_counts_them_all()
    {
        string[] files = ["none.jsonl", "recon.jsonl", "transfer.jsonl", "chunks.jsonl", "renew.jsonl"];
        var plain = files.Sum(file => Bodies(VectorFile.Chunks(file)).Count());
        var secured = SecuredCapture.ReadAll().Sum(capture => capture.Messages.Count);

        Proof.Say($"{plain} plain and {secured} secured messages of node-opcua and open62541: all decode, and encode to the same bytes");
    }

    /// <summary>What follows the structure is padding and signature.</summary>
    internal static void SurvivesTheRoundTrip(byte[] body)
    {
        var reader = new UaReader(body);
        var structure = StructureTable.DecodeMessage(ref reader);
        var encoded = StructureTable.EncodeMessage(structure);

        Assert.Equal(Convert.ToHexString(body, 0, reader.Position), Convert.ToHexString(encoded));
    }

    /// <summary>The bodies of all messages of connections without security, put together from their chunks; those of the others need keys.</summary>
    private static IEnumerable<byte[]> Bodies(IReadOnlyList<CapturedChunk> chunks)
    {
        var open = new Dictionary<(int Connection, bool FromClient, uint Request), List<byte>>();
        var secured = chunks.Where(chunk => chunk.Type == "OPNF" && !IsOfPolicyNone(chunk)).Select(chunk => chunk.Connection).ToHashSet();
        foreach (var chunk in chunks)
        {
            if (chunk.Type == "OPNF" && IsOfPolicyNone(chunk))
            {
                yield return OpenBody(chunk);
            }

            if (secured.Contains(chunk.Connection) || (!chunk.Type.StartsWith("MSG", StringComparison.Ordinal) && chunk.Type != "CLOF"))
            {
                continue;
            }

            var key = (chunk.Connection, chunk.FromClient, BinaryPrimitives.ReadUInt32LittleEndian(chunk.Bytes.AsSpan(20)));
            var body = open.TryGetValue(key, out var begun) ? begun : open[key] = [];
            body.AddRange(chunk.Bytes[MessageHeaderBytes..]);
            if (chunk.Type[3] == 'F')
            {
                open.Remove(key);
                yield return [.. body];
            }
        }
    }

    private static bool IsOfPolicyNone(CapturedChunk chunk) =>
        Encoding.ASCII.GetString(chunk.Bytes, 16, 47) == "http://opcfoundation.org/UA/SecurityPolicy#None";

    private static byte[] OpenBody(CapturedChunk chunk)
    {
        var reader = new UaReader(chunk.Bytes.AsSpan(12));
        reader.SkipString();
        reader.SkipByteString();
        reader.SkipByteString();
        reader.Skip(8);
        return reader.Rest.ToArray();
    }
}
