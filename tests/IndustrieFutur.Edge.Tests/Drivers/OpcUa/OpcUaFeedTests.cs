using System.Text;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.OpcUa.Types.Structures;
using IndustrieFutur.Edge.Tests.House;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>What becomes of a value that a server sends: its kind, its time, its quality.</summary>
public sealed class OpcUaFeedTests : IDisposable
{
    private const long Second = 1_000_000_000;

    private readonly OpcUaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_number_is_written_with_the_time_of_its_source()
    {
        var source = _bench.UtcNow - (2 * Second);

        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Float, Bits = BitConverter.DoubleToInt64Bits(1.5), SourceTime = UaTime.FromUtcNanos(source) });

        var sample = Assert.Single(_bench.Drain());
        Assert.Equal((StatusCode.Good, 1.5, source / 100 * 100), (sample.Status, sample.AsDouble, sample.SourceUtcNanos));
    }

    [Fact]
    public void A_source_that_lives_in_1970_is_not_believed_and_the_server_stands_in()
    {
        var server = _bench.UtcNow - Second;

        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, SourceTime = UaTime.UnixEpoch + 1, ServerTime = UaTime.FromUtcNanos(server) });
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, SourceTime = UaTime.UnixEpoch + 2 });

        var samples = _bench.Drain();
        Assert.Equal(server / 100 * 100, samples[0].SourceUtcNanos);
        Assert.InRange(samples[1].SourceUtcNanos, _bench.UtcNow - (10 * Second), _bench.UtcNow);
        Assert.Equal(2, _bench.Statistics.TimesDisbelieved);
    }

    [Fact]
    public void A_Bad_value_is_never_a_number_and_keeps_its_status()
    {
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, Bits = 77, Status = 0x808C_0000 });

        var sample = Assert.Single(_bench.Drain());
        Assert.Equal((0x808C_0000u, 0L), (sample.Status, sample.Bits));
    }

    [Fact]
    public void An_overflow_of_the_server_s_queue_is_kept_in_the_status_and_counted()
    {
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, Status = 0x480 });

        Assert.Equal(0x480u, Assert.Single(_bench.Drain()).Status);
        Assert.Equal(1, _bench.Statistics.Overflows);
    }

    [Fact]
    public void Before_the_first_value_after_an_overflow_the_last_one_is_doubted()
    {
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, Bits = BitConverter.DoubleToInt64Bits(7) });
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, Bits = BitConverter.DoubleToInt64Bits(9), Status = 0x480 });

        Assert.Equal(
            [(StatusCode.Good, 7.0), (StatusCode.UncertainLastUsableValue, 7.0), (0x480u, 9.0)],
            _bench.Drain().Select(sample => (sample.Status, sample.AsDouble)));
    }

    [Fact]
    public void A_good_status_without_a_value_is_no_data()
    {
        _bench.Take(OpcUaBench.Number, default);

        Assert.Equal(0x809B_0000u, Assert.Single(_bench.Drain()).Status);
    }

    [Fact]
    public void A_value_of_an_older_session_is_dropped()
    {
        var old = _bench.Feed.NewHandle(OpcUaBench.Number);
        _bench.Feed.NewHandle(OpcUaBench.Number);

        _bench.Feed.TakeValue(old, new NotifiedValue { Type = BuiltInType.Double });
        _bench.Feed.TakeValue(OpcUaHandle.Of(999, 0), new NotifiedValue { Type = BuiltInType.Double });

        Assert.Empty(_bench.Drain());
        Assert.Equal(2, _bench.Statistics.ValuesLate);
    }

    [Fact]
    public void Texts_arrive_whatever_their_type()
    {
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of("Schweißen"));
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of(new LocalizedText("de", "Läuft")));
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of(new QualifiedName(2, "Motor")));
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of(-12));
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of(true));
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of(new NodeId(2, "x")));

        Assert.Equal(["Schweißen", "Läuft", "Motor", "-12", "true", "ns=2;s=x"], _bench.DrainTexts());
    }

    [Fact]
    public void One_element_of_an_array_is_taken_by_index_or_by_field()
    {
        _bench.TakeVariant(OpcUaBench.Element, Variant.OfArray(BuiltInType.Int32, new[] { 42 }));
        _bench.TakeVariant(OpcUaBench.Parts, Variant.OfArray(BuiltInType.Double, new[] { 1.0, 2.0 }));

        var samples = _bench.Drain();
        Assert.Equal(42, samples[0].Bits);
        Assert.Equal([1.0, 2.0], samples.Skip(1).Take(2).Select(sample => sample.AsDouble));
        Assert.Equal(OpcUaParts.BadIndexRangeNoData, samples[3].Status);
    }

    [Fact]
    public void A_structure_feeds_a_signal_for_each_of_its_fields()
    {
        var position = new StructureDefinition
        {
            DefaultEncodingId = new NodeId(2, 6),
            Fields = [new StructureField { Name = "X", DataType = new NodeId(0, (uint)BuiltInType.Float), ValueRank = -1 }],
        };
        var types = new StructureDictionary();
        types.Add(new NodeId(2, 3), position);
        types.Add(new NodeId(2, 4), new StructureDefinition
        {
            DefaultEncodingId = new NodeId(2, 5),
            Fields = [new StructureField { Name = "Position", DataType = new NodeId(2, 3), ValueRank = -1 }],
        });
        _bench.Feed.Structures.Learn(types);

        _bench.TakeVariant(OpcUaBench.Structure, Variant.Of(new ExtensionObject(new NodeId(2, 5), ExtensionObjectEncoding.ByteString, BitConverter.GetBytes(1.25f))));
        _bench.TakeVariant(OpcUaBench.Structure, Variant.Of(new ExtensionObject(new NodeId(2, 5), ExtensionObjectEncoding.ByteString, [1])));

        var samples = _bench.Drain();
        Assert.Equal(1.25, samples[0].AsDouble);
        Assert.Equal([StatusCode.Good, OpcUaParts.BadNoMatch, StatusCode.BadDecodingError, StatusCode.BadDecodingError], samples.Select(sample => sample.Status));
    }

    [Fact]
    public void An_answer_that_is_not_the_one_element_that_was_asked_for_is_no_good_value()
    {
        Variant[] answers =
        [
            Variant.Of(3.25),
            Variant.Of(new LocalizedText("", "whole")),
            Variant.OfArray(BuiltInType.Int32, new[] { 1, 2 }),
            Variant.OfArray(BuiltInType.Int32, new[] { 1 }, [1, 1]),
            Variant.OfArray(BuiltInType.Int32, Array.Empty<int>()),
        ];
        foreach (var answer in answers)
        {
            _bench.TakeVariant(OpcUaBench.Element, answer);
            _bench.Feed.TakeRead(OpcUaBench.Element, new DataValue(answer));
        }

        Assert.Equal(Enumerable.Repeat((OpcUaParts.BadIndexRangeNoData, 0L), 10), _bench.Drain().Select(sample => (sample.Status, sample.Bits)));
    }

    [Fact]
    public void A_character_of_a_text_is_a_text_and_no_array()
    {
        _bench.TakeVariant(OpcUaBench.Letter, Variant.Of("P"));
        _bench.Feed.TakeRead(OpcUaBench.Letter, new DataValue(Variant.Of("i")));
        _bench.TakeVariant(OpcUaBench.Letter, Variant.OfArray(BuiltInType.String, new[] { "è" }));

        Assert.Equal(["P", "i", "è"], _bench.DrainTexts());
    }

    [Fact]
    public void A_value_reads_the_same_whatever_other_signals_take_of_it()
    {
        _bench.Take(OpcUaBench.Shared, new NotifiedValue { Type = BuiltInType.Double, Bits = BitConverter.DoubleToInt64Bits(3.25) });
        _bench.Feed.TakeRead(OpcUaBench.Shared, new DataValue(Variant.Of(3.25)));

        var samples = _bench.Drain();
        var expected = new[] { (StatusCode.Good, 3.25), (OpcUaConversion.BadTypeMismatch, 0), (OpcUaConversion.BadTypeMismatch, 0) };
        Assert.Equal([.. expected, .. expected], samples.Select(sample => (sample.Status, sample.AsDouble)));
    }

    [Fact]
    public void A_text_that_is_null_is_empty_whether_it_is_watched_or_read_alone_or_shared()
    {
        var none = Variant.OfScalar(BuiltInType.String, null);
        _bench.TakeVariant(OpcUaBench.Word, none);
        _bench.Feed.TakeRead(OpcUaBench.Word, new DataValue(none));
        _bench.TakeVariant(OpcUaBench.SharedWord, none);

        Assert.Equal([StatusCode.Good, StatusCode.Good, StatusCode.Good, OpcUaParts.BadIndexRangeNoData], _bench.Drain().Select(sample => sample.Status));
    }

    [Fact]
    public void A_structure_of_an_unknown_type_is_Bad_and_nothing_else_is()
    {
        _bench.TakeVariant(OpcUaBench.Structure, Variant.Of(new ExtensionObject(new NodeId(2, 5), ExtensionObjectEncoding.ByteString, [1, 2])));

        Assert.All(_bench.Drain(), sample => Assert.Equal(StatusCodes.BadDataEncodingUnsupported, sample.Status));
    }

    [Fact]
    public void A_value_that_cannot_be_decoded_is_Bad_and_nothing_else_is()
    {
        // An array of two with a dimension of three.
        byte[] matrix = [0xC6, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0];

        _bench.TakeEncoded(OpcUaBench.Element, matrix);
        _bench.TakeEncoded(OpcUaBench.Parts, matrix);
        _bench.Take(OpcUaBench.Word, new NotifiedValue { Type = BuiltInType.LocalizedText, Raw = [2, 9, 0, 0, 0] });
        _bench.TakeVariant(OpcUaBench.Number, Variant.Of(1.5));

        Assert.Equal(
            [.. Enumerable.Repeat(StatusCode.BadDecodingError, 5), StatusCode.Good],
            _bench.Drain().Select(sample => sample.Status));
    }

    [Fact]
    public void A_refusal_is_said_once_and_again_after_something_else_was()
    {
        _bench.Feed.TakeRefusal(OpcUaBench.Number, StatusCode.BadNodeIdUnknown);
        _bench.Feed.TakeRefusal(OpcUaBench.Number, StatusCode.BadNodeIdUnknown);
        _bench.Values.Doubt(_bench.MonoNow);
        _bench.Feed.TakeRefusal(OpcUaBench.Number, StatusCode.BadNodeIdUnknown);

        Assert.Equal(2, _bench.Drain().Count);
    }

    [Fact]
    public void Last_values_are_doubted_when_the_link_is_lost_and_said_again_when_its_session_lives_on()
    {
        _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Double, Bits = BitConverter.DoubleToInt64Bits(3) });
        _bench.TakeVariant(OpcUaBench.Word, Variant.Of("on"));
        _bench.Drain();

        _bench.Values.Doubt(_bench.MonoNow);
        for (var slot = 0; slot < _bench.Values.Count; slot++)
        {
            _bench.Values.Reaffirm(slot, _bench.MonoNow);
            _bench.Values.Reaffirm(slot, _bench.MonoNow);
        }

        Assert.Equal(
            [StatusCode.UncertainLastUsableValue, StatusCode.UncertainLastUsableValue, StatusCode.Good, StatusCode.Good],
            _bench.Drain().Select(sample => sample.Status));
    }

    [Fact]
    public void Numbers_and_texts_go_through_without_garbage()
    {
        var text = Encoding.UTF8.GetBytes("running");

        Assert.Equal(0, AllocationGuard.BytesOf(() => Run(text, 100_000)));
    }

    [Fact]
    public void An_array_for_a_signal_that_takes_one_value_is_refused_without_garbage()
    {
        byte[] pair = [0x86, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0];

        Assert.Equal(0, AllocationGuard.BytesOf(() => TakePairs(pair, 10_000)));
        _bench.TakeEncoded(OpcUaBench.Number, pair);
        Assert.Equal(OpcUaConversion.BadTypeMismatch, Assert.Single(_bench.Drain()).Status);
    }

    private void TakePairs(byte[] pair, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bench.TakeEncoded(OpcUaBench.Number, pair);
            _bench.Skip();
        }
    }

    private void Run(byte[] text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _bench.Take(OpcUaBench.Number, new NotifiedValue { Type = BuiltInType.Int32, Bits = i, SourceTime = UaTime.UnixEpoch + i });
            _bench.Take(OpcUaBench.Word, new NotifiedValue { Type = BuiltInType.String, Raw = text, Bits = text.Length });
            _bench.Skip();
        }
    }
}
