using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.OpcUa.Client;

/// <summary>Notifications reach the sink as the server sent them, cost nothing to read, and cannot lie about their length.</summary>
public sealed class NotificationDecoderTests
{
    private const uint DataChange = 811;
    private const uint StatusChange = 820;
    private const uint EventList = 916;

    /// <summary>A PublishResponse of open62541 with a few thousand items, after the four bytes of its type id.</summary>
    private static readonly byte[] Captured =
        File.ReadAllBytes(Repository.PathOf("tests/IndustrieFutur.Edge.Tests/OpcUa/Vectors/captures/publish5000.bin"))[4..];

    [Fact]
    public void A_captured_response_of_five_thousand_items_is_read_whole()
    {
        var sink = default(SummingSink);

        var decoded = NotificationDecoder.Decode(Captured, ref sink);

        Assert.Equal(5000, decoded.Values);
        Assert.Equal(5000, sink.Values);
        Assert.Equal(1, sink.Messages);
        Assert.Equal(2026, UaTime.ToDateTime(sink.SourceTimeLast).Year);
    }

    [Fact]
    public void Reading_values_allocates_nothing()
    {
        var sink = default(SummingSink);

        Assert.Equal(0, AllocationGuard.BytesOf(() => NotificationDecoder.Decode(Captured, ref sink), turns: 20));
    }

    [Fact]
    public void Numbers_come_as_bits_whatever_their_size()
    {
        var heard = Hear(Items(
            (1, Variant.Of(true)), (2, Variant.Of((sbyte)-2)), (3, Variant.Of((byte)200)), (4, Variant.Of((short)-300)),
            (5, Variant.Of((ushort)60_000)), (6, Variant.Of(-70_000)), (7, Variant.Of(4_000_000_000)), (8, Variant.Of(-5_000_000_000L)),
            (9, Variant.Of(1.5f)), (10, Variant.Of(-2.25))));

        Assert.Equal(
            [
                "message 7", "1: Boolean 1", "2: SByte -2", "3: Byte 200", "4: Int16 -300", "5: UInt16 60000", "6: Int32 -70000",
                "7: UInt32 4000000000", "8: Int64 -5000000000", "9: Float 1.5", "10: Double -2.25",
            ],
            heard);
    }

    [Fact]
    public void Texts_arrays_and_nothing_are_told_apart()
    {
        var heard = Hear(Items(
            (1, Variant.Of("café")), (2, Variant.Of("")), (3, Variant.Of((string?)null)), (4, Variant.Null),
            (5, Variant.OfArray(BuiltInType.Double, new double[] { 1, 2 })), (6, Variant.Of(7))));

        Assert.Equal(
            ["message 7", "1: String 5 'café'", "2: String 0 ''", "3: String -1 ''", "4: Null 0", "5: Double[] 0", "6: Int32 7"],
            heard);
    }

    [Fact]
    public void A_value_that_is_no_number_can_be_read_as_a_variant()
    {
        var sink = new VariantSink([]);
        var matrix = new double[] { 1, 2, 3 };
        var body = Items((1, Variant.OfArray(BuiltInType.Double, matrix)), (2, Variant.Of("x"))).ToArray();

        NotificationDecoder.Decode(body, ref sink);

        Assert.Equal(matrix, sink.Read[0].Value);
        Assert.Equal("x", sink.Read[1].Value);
    }

    [Fact]
    public void Status_and_times_are_taken_in_the_order_of_the_wire()
    {
        var sink = new TimeSink([]);
        var body = new PublishBody().With(DataChange, (ref UaWriter writer) =>
        {
            writer.WriteInt32(1);
            writer.WriteUInt32(9);
            writer.WriteDataValue(new DataValue
            {
                Fields = (DataValueFields)0x3F,
                Value = Variant.Of(1),
                Status = 0x0000_0480,
                SourceTimestamp = 111,
                SourcePicoseconds = 1,
                ServerTimestamp = 222,
                ServerPicoseconds = 2,
            });
            writer.WriteInt32(-1);
        });

        NotificationDecoder.Decode(body.ToArray(), ref sink);

        Assert.Equal([(0x480u, 111L, 222L, true)], sink.Seen);
    }

    [Fact]
    public void Events_come_with_their_fields_unread()
    {
        var heard = Hear(new PublishBody().With(EventList, (ref UaWriter writer) =>
        {
            writer.WriteInt32(1);
            writer.WriteUInt32(3);
            writer.WriteVariantArray([Variant.Of("Alarm"), Variant.Of((ushort)100)]);
        }));

        Assert.Equal(["message 7", "3: event of 2 fields in 13 bytes"], heard);
    }

    [Fact]
    public void A_status_change_is_reported_to_the_keeper_of_the_subscription()
    {
        var sink = new CollectingSink([]);
        var body = new PublishBody().With(StatusChange, (ref UaWriter writer) =>
        {
            writer.WriteStatusCode(0x800A_0000);
            writer.WriteByte(0);
        });

        var decoded = NotificationDecoder.Decode(body.ToArray(), ref sink);

        Assert.True(decoded.HasStatusChange);
        Assert.Equal(0x800A_0000u, decoded.StatusChange);
    }

    [Fact]
    public void A_message_without_notifications_is_a_keep_alive()
    {
        Assert.Equal(["keep-alive 7"], Hear(new PublishBody()));
    }

    [Fact]
    public void A_notification_of_an_unknown_kind_is_stepped_over()
    {
        var heard = Hear(Items((1, Variant.Of(1))).With(12345, (ref UaWriter writer) => writer.WriteInt64(0)));

        Assert.Equal(["message 7", "1: Int32 1"], heard);
    }

    [Fact]
    public void A_response_cut_anywhere_in_its_notifications_is_refused()
    {
        var whole = Items((1, Variant.Of("text")), (2, Variant.OfArray(BuiltInType.Int32, new[] { 1, 2, 3 })), (3, Variant.Of(2.5))).ToArray();

        for (var length = 0; length < whole.Length - 8; length++)
        {
            Assert.Throws<UaDecodingException>(() => Decode(whole[..length]));
        }
    }

    [Fact]
    public void Bytes_changed_at_random_do_no_more_than_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var whole = Items((1, Variant.Of("text")), (2, Variant.OfArray(BuiltInType.String, new[] { "a", null })), (3, Variant.Of(2.5))).ToArray();

        for (var round = 0; round < 50_000; round++)
        {
            var mutant = Mutate(whole, random);

            var problem = Record.Exception(() => Decode(mutant));

            Assert.True(problem is null or UaDecodingException, $"seed {seed}, round {round}: {problem}");
        }
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1_000_000)]
    [InlineData(-2)]
    public void A_count_that_the_bytes_cannot_hold_is_refused_before_it_is_believed(int count)
    {
        var body = new PublishBody().With(DataChange, (ref UaWriter writer) => writer.WriteInt32(count)).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<UaDecodingException>(() => Decode(body));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 * 1024);
    }

    private static byte[] Mutate(byte[] whole, Random random)
    {
        var mutant = (byte[])whole.Clone();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
        }

        return mutant;
    }

    private static PublishBody Items(params (uint Handle, Variant Value)[] items) =>
        new PublishBody().With(DataChange, (ref UaWriter writer) =>
        {
            writer.WriteInt32(items.Length);
            foreach (var (handle, value) in items)
            {
                writer.WriteUInt32(handle);
                writer.WriteDataValue(new DataValue(value));
            }

            writer.WriteInt32(-1);
        });

    private static List<string> Hear(PublishBody body)
    {
        var heard = new List<string>();
        var sink = new CollectingSink(heard);
        NotificationDecoder.Decode(body.ToArray(), ref sink);
        return heard;
    }

    private static void Decode(byte[] body)
    {
        var sink = default(SummingSink);
        NotificationDecoder.Decode(body, ref sink);
    }
}
