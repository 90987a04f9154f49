using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>Where a cell samples when its configuration says so, and when it does not.</summary>
public sealed class SamplerChoiceTests
{
    [Theory]
    [InlineData(SamplerMode.Isolated, true)]
    [InlineData(SamplerMode.External, true)]
    [InlineData(SamplerMode.InProcess, false)]
    public void The_configuration_has_the_last_word(SamplerMode mode, bool isIsolated) =>
        Assert.Equal(isIsolated, SamplerChoice.Of(new SamplingOptions { Sampler = mode }).IsIsolated);

    [Fact]
    public void The_words_say_where_why_and_what_happened()
    {
        var status = new System.Text.Json.Nodes.JsonObject { ["isolated"] = true, ["why"] = "so", ["process"] = 7, ["restarts"] = 2L, ["lastGapMillis"] = 412.3 };

        Assert.Equal(
            "échantillonneur/sampler : à part/apart (so), processus/process 7, relancé/restarted 2x, dernier trou/last gap 412 ms", SamplerReport.Words(status));
    }
}
