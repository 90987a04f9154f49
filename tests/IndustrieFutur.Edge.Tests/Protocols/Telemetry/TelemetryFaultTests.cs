using System.Text.Json;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Tests.Protocols.Telemetry;

/// <summary>Messages that are no JSON, or other JSON: a sentence with the place, and no names of types.</summary>
public sealed class TelemetryFaultTests
{
    [Theory]
    [InlineData("nonsense", "It is not the JSON that belongs on this topic (line 1, byte 2).")]
    [InlineData("", "It is not the JSON that belongs on this topic (line 1, byte 1).")]
    [InlineData("[1]", "It is not the JSON that belongs on this topic (line 1, byte 2).")]
    [InlineData("{}", "It is not the JSON that belongs on this topic (line 1, byte 3).")]
    [InlineData("{\"streams\":null}", "It is not the JSON that belongs on this topic (line 1, byte 16, at $.streams).")]
    [InlineData("{\"streams\":[{\"stream\":5}]}", "It is not the JSON that belongs on this topic (line 1, byte 24, at $.streams[0].stream).")]
    [InlineData("{\"streams\":[{\"ranges\":[[5,3]]}]}", "A range is written [first, last], first not above last (line 1, byte 29, at $.streams[0].ranges[0]).")]
    public void A_message_that_cannot_be_read_is_told_in_a_sentence(string body, string sentence)
    {
        var cause = Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize(body, TelemetryJson.Default.StoredMessage));

        Assert.Equal(sentence, TelemetryFault.Of(cause));
    }

    [Fact]
    public void What_we_say_ourselves_stays()
    {
        Assert.Equal("It is null.", TelemetryFault.Of(new JsonException("It is null.")));
    }
}
