using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.House;
using IndustrieFutur.Edge.Tests.OpcUa.Types;
using IndustrieFutur.Edge.Tests.OpcUa.Vectors;

namespace IndustrieFutur.Edge.Tests.OpcUa.Fuzz;

/// <summary>Every decoder that bytes from outside reach, each with what it is fed with.</summary>
internal static class FuzzTargets
{
    /// <summary>There are 149 generated structures and some 30 decoders by hand, in which the mistakes would be: these get half of the inputs.</summary>
    private const int TurnsByHand = 5;

    private static readonly IReadOnlyList<CapturedChunk> Captured =
        [.. new[] { "none.jsonl", "recon.jsonl", "transfer.jsonl" }.SelectMany(VectorFile.Chunks)];

    /// <summary>Bodies of messages by type: the richest ones there are.</summary>
    private static readonly ILookup<uint, byte[]> Bodies =
        Captured.Where(chunk => chunk.Type == "MSGF").Select(chunk => BodyOf(chunk.Bytes)).ToLookup(body => body.Type, body => body.Bytes);

    /// <summary>One round: a decoder stands in it as often as it has its turn.</summary>
    public static IReadOnlyList<FuzzTarget> All()
    {
        FuzzTarget[] byHand =
            [.. BuiltIns(), .. Notifications(), .. ChunkTargets.All(Captured), .. ChunkTargets.OpenInClear(), .. DefinitionTargets.All(), .. CertificateTargets.All()];
        return [.. Structures(), .. Enumerable.Repeat(byHand, TurnsByHand).SelectMany(target => target), .. CertificateTargets.Slow(), .. ChunkTargets.Slow()];
    }

    private static (uint Type, byte[] Bytes) BodyOf(byte[] chunk)
    {
        var reader = new UaReader(chunk.AsSpan(24));
        return (reader.ReadNodeId().Numeric, reader.Rest.ToArray());
    }

    /// <summary>The generated ones: fed with captured bodies where there are some, and with made-up ones.</summary>
    private static IEnumerable<FuzzTarget> Structures() =>
        StructureTable.Types.Select(type =>
        {
            // After the four bytes of the id.
            var madeUp = Enumerable.Range(0, 4).Select(seed => StructureTable.EncodeMessage(new RandomValues(seed).Filled(type))).ToList();
            var id = BitConverter.ToUInt16(madeUp[0], 2);
            var decode = StructureTable.All[id];
            return new FuzzTarget(
                type.Name,
                [.. Bodies[id], .. madeUp.Select(bytes => bytes[4..])],
                (buffer, length) =>
                {
                    var reader = new UaReader(buffer.AsSpan(0, length));
                    decode(ref reader);
                });
        });

    private static FuzzTarget[] BuiltIns()
    {
        byte[][] variants =
            [.. VariantTests.Known.Select(row => Convert.FromHexString(row.Data.Item2)), .. MadeUp((ref UaWriter writer, RandomValues values) => writer.WriteVariant(values.Variant()))];
        return
        [
            new("Variant", variants, (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadVariant()),
            new("Variant as text", variants, (buffer, length) => _ = new UaReader(buffer.AsSpan(0, length)).ReadVariant().ToString()),
            new("DataValue", MadeUp((ref UaWriter writer, RandomValues values) => writer.WriteDataValue((DataValue)values.Of(typeof(DataValue))!)), (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadDataValue()),
            new("DiagnosticInfo", [[0x7F, .. new byte[40]], [0x40, 0x40, 0x01]], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadDiagnosticInfo()),
            new("DiagnosticInfo, skipped", [[0x7F, .. new byte[40]]], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).SkipDiagnosticInfo()),
            new("ExtensionObject", [Convert.FromHexString("0100D402011000000001000000010000009A9999999999C93F")], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadExtensionObject()),
            new("ExpandedNodeId", [Convert.FromHexString("C0550500000075726E3A6107000000"), Convert.FromHexString("0301000400000043656C6C")], (buffer, length) => new UaReader(buffer.AsSpan(0, length)).ReadExpandedNodeId()),
        ];
    }

    private static byte[][] MadeUp(Making make) =>
        [.. Enumerable.Range(0, 40).Select(seed => Wire.Bytes((ref UaWriter writer) => make(ref writer, new RandomValues(seed))))];

    private static IEnumerable<FuzzTarget> Notifications()
    {
        var large = File.ReadAllBytes(Repository.PathOf(VectorFile.Folder, "publish5000.bin"))[4..];
        byte[][] publishes = [.. Bodies[PublishResponse.Id], .. Enumerable.Range(0, 20).Select(Publish)];
        yield return new FuzzTarget("PublishResponse", publishes, Notify);
        yield return new FuzzTarget("PublishResponse, values as texts", publishes, NotifyTexts);
        yield return new FuzzTarget("PublishResponse of 200 values", [large[..4000]], Notify);
    }

    /// <summary>Values of all types, as robots send them and as they do not.</summary>
    private static byte[] Publish(int seed)
    {
        var values = new RandomValues(seed);
        var notification = new DataChangeNotification { MonitoredItems = [.. Enumerable.Range(0, 8).Select(_ => (MonitoredItemNotification)values.Filled(typeof(MonitoredItemNotification)))] };
        var response = new PublishResponse { NotificationMessage = new NotificationMessage { NotificationData = [ExtensionObject.Of(notification)] } };
        return StructureTable.EncodeMessage(response)[4..];
    }

    private static void Notify(byte[] buffer, int length)
    {
        var sink = default(IgnoringSink);
        NotificationDecoder.Decode(buffer.AsSpan(0, length), ref sink);
    }

    private static void NotifyTexts(byte[] buffer, int length)
    {
        var sink = new TextSink(new());
        NotificationDecoder.Decode(buffer.AsSpan(0, length), ref sink);
    }

    /// <summary>Writes a value made up from a seed.</summary>
    private delegate void Making(ref UaWriter writer, RandomValues values);
}
