using IndustrieFutur.Edge.App.Bench;

namespace IndustrieFutur.Edge.Tests.App.Bench;

/// <summary>A kernel's preemption is read from whatever of its three files may be read.</summary>
public sealed class MachineFactsTests
{
    [Theory]
    [InlineData("Linux version 6.1.0-rt #1 SMP PREEMPT_RT Debian", "", "", "rt")]
    [InlineData("Linux version 5.10 #1 SMP", "", "1\n", "rt")]
    [InlineData("Linux version 6.1 #1 SMP PREEMPT_DYNAMIC", "none voluntary (full)\n", "", "full")]
    [InlineData("Linux version 6.18 #1 SMP PREEMPT_DYNAMIC", "(none) voluntary full lazy\n", "", "none")]
    [InlineData("Linux version 6.1 #1 SMP PREEMPT_DYNAMIC", "", "", "dynamic")]
    [InlineData("Linux version 4.9 #1 SMP PREEMPT", "", "", "full")]
    [InlineData("Linux version 4.9 #1 SMP", "", "", "")]
    public void The_preemption_is_read(string version, string chosen, string realTime, string expected) =>
        Assert.Equal(expected, MachineFacts.PreemptionOf(version, chosen, realTime));

    [Fact]
    public void This_machine_tells_of_itself()
    {
        var facts = MachineFacts.Read();

        Assert.Equal(Environment.ProcessorCount, facts.Processors);
        Assert.NotEmpty(facts.Processor);
        Assert.NotEmpty(facts.Kernel);
        Assert.Contains(facts.KernelHz, new[] { 0, 64, 100, 250, 300, 500, 1_000 });
    }
}
