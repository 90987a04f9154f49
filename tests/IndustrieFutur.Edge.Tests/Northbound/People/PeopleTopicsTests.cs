using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.People;
using IndustrieFutur.Edge.Tests.House;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.Northbound.People;

/// <summary>Readable values: the newest of each signal, at most so often, at most so many.</summary>
public sealed class PeopleTopicsTests : IDisposable
{
    private const int RingSamples = 256;
    private const long StartNanos = 1_700_000_000_000_000_000;

    private readonly HotMemory _memory = new(SampleRing.BytesNeeded(RingSamples, RingSamples, 16) + 4096);
    private readonly FakeTimeProvider _clock = new();
    private readonly SampleRing _ring;

    public PeopleTopicsTests() => _ring = new SampleRing(_memory, RingSamples, RingSamples, 16);

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Of_many_samples_the_newest_is_told_and_only_once()
    {
        var people = Make(TestPlan.Make());
        Number(people, 1.5);
        Number(people, 2.5);

        var (topic, value) = Assert.Single(Due(people));

        Assert.Equal("people/g/e/plc/number", topic);
        Assert.Equal("""{"value":2.5,"unit":"","quality":"Good","time":"2023-11-14T22:13:20.000Z"}""", value.ToJsonString());
        Assert.Empty(Due(people));
    }

    [Fact]
    public void A_signal_is_told_at_most_so_often_and_then_with_its_newest_value()
    {
        var people = Make(TestPlan.Make());
        Number(people, 1);
        Assert.Single(Due(people));

        Number(people, 2);
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Empty(Due(people));

        Number(people, 3);
        _clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(3, (double)Assert.Single(Due(people)).Value["value"]!);
    }

    [Fact]
    public void All_signals_together_stay_within_the_rate_and_take_turns()
    {
        const int Signals = 50;
        var people = Make(Many(Signals), new PeopleOptions { MessagesPerSecond = 20, Every = TimeSpan.FromMilliseconds(100) });
        var told = new Dictionary<string, int>();
        for (var turn = 0; turn < 100; turn++)
        {
            Write(people, [.. Enumerable.Range(0, Signals).Select(signal => new Sample(signal, 0, turn, StartNanos, 0))]);
            foreach (var (topic, _) in Due(people))
            {
                told[topic] = told.GetValueOrDefault(topic) + 1;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(told.Values.Sum(), 190, 202);
        Assert.Equal(Signals, told.Count);
        Assert.InRange(told.Values.Max() - told.Values.Min(), 0, 1);
    }

    [Fact]
    public void A_text_a_bad_sample_and_what_is_not_a_number_can_be_read_too()
    {
        var people = Make(TestPlan.Make());
        Text(people, "bonjour \"é\"");
        Number(people, double.NaN);
        var due = Due(people).ToDictionary(told => told.Topic, told => told.Value);

        Assert.Equal("bonjour \"é\"", (string?)due["people/g/e/plc/text"]["value"]);
        Assert.Null(due["people/g/e/plc/number"]["value"]);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Write(people, new Sample(TestPlan.Number, StatusCode.BadNoCommunication, BitConverter.DoubleToInt64Bits(7), StartNanos, 0));
        var bad = Assert.Single(Due(people)).Value;
        Assert.Null(bad["value"]);
        Assert.Equal("BadNoCommunication", (string?)bad["quality"]);
    }

    [Theory]
    [InlineData(ValueKind.UInt64, -1, "18446744073709551615")]
    [InlineData(ValueKind.Int64, -1, "-1")]
    [InlineData(ValueKind.Boolean, 1, "true")]
    public void A_value_is_written_by_the_type_of_its_signal(ValueKind kind, long bits, string expected)
    {
        var signal = new SignalPlan { Index = 0, Id = "s", Device = "plc", RawKind = kind };
        var output = new ArrayBufferWriter<byte>();

        ReadableSample.Write(output, signal, new Sample(0, 0, bits, StartNanos, 0), default);

        Assert.StartsWith($$"""{"value":{{expected}},""", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void Taking_samples_allocates_nothing()
    {
        var people = Make(TestPlan.Make());
        var newest = people.Tap;
        for (var i = 0; i < 64; i++)
        {
            _ring.TryWrite(new Sample(TestPlan.Number, 0, i, StartNanos, 0));
        }

        var allocated = AllocationGuard.BytesOf(() => newest.Take(_ring.Peek(64), _ring), 1_000);

        Assert.Equal(0, allocated);
    }

    private static CellPlan Many(int count)
    {
        SignalPlan[] signals = [.. Enumerable.Range(0, count).Select(index => new SignalPlan { Index = index, Id = $"s{index}", Device = "plc", RawKind = ValueKind.Int64 })];
        return new CellPlan
        {
            Group = "g",
            Edge = "e",
            Devices = [new DevicePlan { Id = "plc", Driver = "modbus", Index = 0, Signals = signals }],
            Signals = signals,
            Hash = 1,
        };
    }

    private static List<(string Topic, JsonNode Value)> Due(PeopleTopics people)
    {
        var due = new List<(string, JsonNode)>();
        while (people.TryNext(out var topic, out var payload))
        {
            due.Add((topic, JsonNode.Parse(payload.Span)!));
        }

        return due;
    }

    private PeopleTopics Make(CellPlan plan, PeopleOptions? options = null) => new(options ?? new PeopleOptions(), plan, _clock);

    private void Number(PeopleTopics people, double value) =>
        Write(people, new Sample(TestPlan.Number, 0, BitConverter.DoubleToInt64Bits(value), StartNanos, 0));

    private void Text(PeopleTopics people, string text)
    {
        Assert.True(_ring.TryWriteText(new Sample(TestPlan.Text, 0, 0, StartNanos, 0), Encoding.UTF8.GetBytes(text)));
        Take(people, 1);
    }

    private void Write(PeopleTopics people, params Sample[] samples)
    {
        foreach (var sample in samples)
        {
            Assert.True(_ring.TryWrite(sample));
        }

        Take(people, samples.Length);
    }

    private void Take(PeopleTopics people, int count)
    {
        people.Tap.Take(_ring.Peek(count), _ring);
        _ring.Advance(count);
    }
}
