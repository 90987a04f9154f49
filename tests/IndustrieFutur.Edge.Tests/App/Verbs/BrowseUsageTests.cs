using IndustrieFutur.Edge.App;

namespace IndustrieFutur.Edge.Tests.App.Verbs;

/// <summary>What <c>ifedge browse</c> refuses before it connects to anybody.</summary>
public sealed class BrowseUsageTests
{
    private const string Hint = "ifedge: --config names the configuration's file; to print a configuration of what is browsed, write --as-config";

    [Theory]
    [InlineData("opc.tcp://plc", "--config")]
    [InlineData("opc.tcp://plc", "--config", "--match", "**")]
    [InlineData("--config", "opc.tcp://plc")]
    public async Task The_old_flag_for_a_configuration_is_answered_with_the_new_one(params string[] args)
    {
        var (code, output, error) = await BrowseAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(Hint, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Press 1")]
    [InlineData("")]
    [InlineData("päm")]
    public async Task A_name_that_the_check_would_refuse_is_refused_at_once(string name)
    {
        var (code, output, error) = await BrowseAsync("opc.tcp://plc.invalid", "--as-config", "--name", name);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"ifedge: the --name \"{name}\" is no id; use 1 to 80 letters", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_is_the_file_as_for_every_other_verb()
    {
        var (code, _, error) = await BrowseAsync("plc", "--config", "/nowhere/edge.json");

        Assert.Equal(3, code);
        Assert.Contains("/nowhere/edge.json", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> BrowseAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["browse", .. args], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
