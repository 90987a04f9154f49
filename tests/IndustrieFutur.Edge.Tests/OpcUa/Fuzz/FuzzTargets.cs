using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;
using IndustrieFutur.Edge.Tests.House;
using IndustrieFutur.Edge.Tests.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Every decoder that bytes from outside reach, each with what it is fed with.</summary>
internal static class FuzzTargets
{
    private const uint ChannelId = 40;

    private static readonly IReadOnlyList<CapturedChunk> Captured =
        [.. new[] { "none.jsonl", "recon.jsonl", "transfer.jsonl" }.SelectMany(VectorFile.Chunks)];

    /// <summary>Bodies of messages by type: the richest ones there are.</summary>
    private static readonly ILookup<uint, byte[]> Bodies =
        Captured.Where(chunk => chunk.Type == "MSGF").Select(chunk => BodyOf(chunk.Bytes)).ToLookup(body => body.Type, body => body.Bytes);

    public static IReadOnlyList<FuzzTarget> All() =>
        [.. Structures(), .. BuiltIns(), .. Notifications(), .. Chunks(), ByDefinition(), Certificates()];

    private static (uint Type, byte[] Bytes) BodyOf(byte[] chunk)
    {
        var reader = new UaReader(chunk.AsSpan(24));
        return (reader.ReadNodeId().Numeric, reader.Rest.ToArray());
    }

    /// <summary>The generated ones: fed with captured bodies where there are some, and with their own empty form.</summary>
    private static IEnumerable<FuzzTarget> Structures() =>
        StructureTable.All.Select(entry => new FuzzTarget(
            $"structure i={entry.Key}",
            [.. Bodies[entry.Key], new byte[200]],
            (buffer, length) =>
            {
                var reader = new UaReader(buffer.AsSpan(0, length));
                entry.Value(ref reader);
            }));

    private static IEnumerable<FuzzTarget> BuiltIns()
    {
        var values = VariantTests.Known.Select(row => Convert.FromHexString(row.Data.Item2)).ToArray();
        yield return new FuzzTarget("Variant", values, (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadVariant());
        yield return new FuzzTarget("DataValue", [.. values.Select(value => (byte[])[1, .. value])], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadDataValue());
        yield return new FuzzTarget("DiagnosticInfo", [[0x7F, .. new byte[40]], [0x40, 0x40, 0x01]], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadDiagnosticInfo());
        yield return new FuzzTarget("DiagnosticInfo, skipped", [[0x7F, .. new byte[40]]], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).SkipDiagnosticInfo());
        yield return new FuzzTarget("ExtensionObject", [Convert.FromHexString("0100D402011000000001000000010000009A9999999999C93F")], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadExtensionObject());
        yield return new FuzzTarget("ExpandedNodeId", [Convert.FromHexString("C0550500000075726E3A6107000000"), Convert.FromHexString("0301000400000043656C6C")], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadExpandedNodeId());
    }

    private static IEnumerable<FuzzTarget> Notifications()
    {
        var large = File.ReadAllBytes(Repository.PathOf(VectorFile.Folder, "publish5000.bin"))[4..];
        yield return new FuzzTarget("PublishResponse", [.. Bodies[PublishResponse.Id]], Notify);
        yield return new FuzzTarget("PublishResponse of 200 values", [large[..4000]], Notify);
    }

    private static void Notify(byte[] buffer, int length)
    {
        var sink = default(IgnoringSink);
        NotificationDecoder.Decode(buffer.AsSpan(0, length), ref sink);
    }

    private static IEnumerable<FuzzTarget> Chunks()
    {
        var hello = Captured.Where(chunk => chunk.Type == "HELF").Select(chunk => chunk.Bytes).ToArray();
        var acknowledge = Captured.Where(chunk => chunk.Type == "ACKF").Select(chunk => chunk.Bytes).ToArray();
        var messages = Captured.Where(chunk => chunk.Type == "MSGF" && !chunk.FromClient && chunk.Bytes[8] == ChannelId).Select(chunk => chunk.Bytes).ToArray();
        var secured = SecuredCapture.ReadAll().SelectMany(capture => capture.Messages).Where(message => message.Kind == "OPN").Select(message => message.Wire).ToArray();
        byte[] error = Convert.FromHexString("455252461000000000007E80FFFFFFFF");
        yield return new FuzzTarget("Hello", hello, WhenWhole((buffer, length) => Handshake.ReadHello(buffer.AsSpan(0, length), out _)));
        yield return new FuzzTarget("Acknowledge", acknowledge, WhenWhole((buffer, length) => Handshake.ReadAcknowledge(buffer.AsSpan(0, length))));
        yield return new FuzzTarget("Error", [error], WhenWhole((buffer, length) => Handshake.ReadError(buffer.AsSpan(0, length), "opc.tcp://127.0.0.1")));
        yield return new FuzzTarget("chunk header", messages, WhenWhole((buffer, _) => ChunkHeader.Read(buffer, 65_536)));
        yield return new FuzzTarget("OpenSecureChannel, clear part", secured, WhenWhole((buffer, length) => OpenChunk.Read(buffer.AsSpan(0, length))));
        yield return new FuzzTarget("message chunks", messages, WhenWhole(ReadChunks));
    }

    /// <summary>A chunk reaches its decoder only when its eight bytes of header are there.</summary>
    private static Action<byte[], int> WhenWhole(Action<byte[], int> decode) => (buffer, length) =>
    {
        if (length >= ChunkHeader.HeaderBytes)
        {
            decode(buffer, length);
        }
    };

    /// <summary>The chunk's own header says how long it is, and is held against what is there, as the receive buffer does.</summary>
    private static void ReadChunks(byte[] buffer, int length)
    {
        using var tokens = new TokenRing();
        tokens.Add(new ChannelToken(1, new NoKeys(), new NoKeys(), 0, 0, long.MaxValue / 4));
        var reader = new ChunkReader(new NegotiatedLimits(65_536, 1 << 20, 16, 65_536, 1 << 20, 16), tokens);
        for (var start = 0; length - start >= ChunkHeader.HeaderBytes;)
        {
            var header = ChunkHeader.Read(buffer.AsSpan(start), 65_536);
            if (header.Bytes > length - start)
            {
                return;
            }

            reader.TryRead(buffer, new Chunk(header, start), ChannelId, 1, out _);
            start += header.Bytes;
        }
    }

    private static FuzzTarget ByDefinition()
    {
        var types = new StructureDictionary();
        var inner = new NodeId(1, 1);
        var outer = new NodeId(1, 3);
        types.Add(inner, new StructureDefinition
        {
            DefaultEncodingId = new NodeId(1, 2),
            StructureType = StructureType.Union,
            Fields = [Field("a", 11, -1), Field("b", 12, 1), new StructureField { Name = "again", DataType = outer, ValueRank = -1 }],
        });
        types.Add(outer, new StructureDefinition
        {
            DefaultEncodingId = new NodeId(1, 4),
            StructureType = StructureType.StructureWithOptionalFields,
            Fields = [Field("x", 6, -1), Field("grid", 4, 2), Field("any", 24, 1), new StructureField { Name = "inner", DataType = inner, ValueRank = 1, IsOptional = true }],
        });
        var seed = Convert.FromHexString(
            "01000000" + "07000000" + "02000000" + "0200000001000000" + "01000200" + "01000000" + "0101" + "02000000"
            + "01000000" + "000000000000F03F" + "00000000");
        return new FuzzTarget(
            "structure by definition",
            [seed],
            (buffer, length) => types.Decode(new ExtensionObject(new NodeId(1, 4), ExtensionObjectEncoding.ByteString, buffer[..length]))?.Flatten());
    }

    private static StructureField Field(string name, uint type, int rank) =>
        new() { Name = name, DataType = new NodeId(0, type), ValueRank = rank };

    private static FuzzTarget Certificates()
    {
        var chains = SecuredCapture.ReadAll().Select(capture => (byte[])[.. capture.ServerCertificate, .. capture.ClientCertificate]).ToArray();
        return new FuzzTarget("certificate chain", chains, (buffer, length) => DerChain.Leaf(buffer.AsSpan(0, length)));
    }
}
