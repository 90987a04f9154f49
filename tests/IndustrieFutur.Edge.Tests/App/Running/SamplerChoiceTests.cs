using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Running;

namespace IndustrieFutur.Edge.Tests.App.Running;

/// <summary>Where a cell samples when its configuration says so, and when it does not.</summary>
public sealed class SamplerChoiceTests
{
    [Theory]
    [InlineData(SamplerMode.Isolated, false, true)]
    [InlineData(SamplerMode.External, false, true)]
    [InlineData(SamplerMode.InProcess, true, false)]
    public void The_configuration_has_the_last_word(SamplerMode mode, bool grants, bool isIsolated) =>
        Assert.Equal(isIsolated, SamplerChoice.Of(new SamplingOptions { Sampler = mode }, _ => grants).IsIsolated);

    [Fact]
    public void Without_a_word_it_is_a_process_of_its_own_where_that_may_have_priority()
    {
        var options = new SamplingOptions { Priority = 70 };

        Assert.Equal(OperatingSystem.IsLinux(), SamplerChoice.Of(options, priority => priority == 70).IsIsolated);
        Assert.False(SamplerChoice.Of(options, _ => false).IsIsolated);
    }

    [Fact]
    public void Who_wants_no_priority_is_not_asked_for_it()
    {
        var choice = SamplerChoice.Of(new SamplingOptions { RealTime = RealTimeMode.Off }, _ => throw new InvalidOperationException("asked"));

        Assert.False(choice.IsIsolated);
        Assert.NotEmpty(choice.Why);
    }

    [Fact]
    public void The_words_say_where_why_and_what_happened()
    {
        var status = new System.Text.Json.Nodes.JsonObject { ["isolated"] = true, ["why"] = "so", ["process"] = 7, ["restarts"] = 2L, ["lastGapMillis"] = 412.3 };

        Assert.Equal(
            "échantillonneur/sampler : à part/apart (so), processus/process 7, relancé/restarted 2x, dernier trou/last gap 412 ms", SamplerReport.Words(status));
    }
}
