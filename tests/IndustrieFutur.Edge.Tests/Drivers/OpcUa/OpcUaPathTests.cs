using IndustrieFutur.Edge.Drivers.OpcUa;

namespace IndustrieFutur.Edge.Tests.Drivers.OpcUa;

/// <summary>Browse paths as an integrator writes them, with URIs that hold slashes and colons of their own.</summary>
public sealed class OpcUaPathTests
{
    private const string Di = "http://opcfoundation.org/UA/DI/";

    [Theory]
    [InlineData("/Server/ServerStatus", "http://opcfoundation.org/UA/|Server", "http://opcfoundation.org/UA/|ServerStatus")]
    [InlineData("/nsu=http://opcfoundation.org/UA/DI/:DeviceSet/nsu=http://vendor.com/robot:R1", Di + "|DeviceSet", "http://vendor.com/robot|R1")]
    [InlineData("/nsu=http://opcfoundation.org/UA/DI/:DeviceSet/Robot/Axis", Di + "|DeviceSet", Di + "|Robot", Di + "|Axis")]
    [InlineData("/nsu=urn:vendor:plc:Motor/Speed", "urn:vendor:plc|Motor", "urn:vendor:plc|Speed")]
    [InlineData("/nsu=http://192.168.0.1:8080/UA:Motor", "http://192.168.0.1:8080/UA|Motor")]
    [InlineData("/nsu=http://vendor.com:Motor", "http://vendor.com|Motor")]
    [InlineData("/nsu=urn:plc:a&/b&&c", "urn:plc|a/b&c")]
    [InlineData("/nsu=http://a/:2:a/2&:b", "http://a/|2:a", "http://a/|2:b")]
    public void A_path_is_read_name_by_name(string text, params string[] steps)
    {
        Assert.True(OpcUaPath.TryParse(text, out var path, out var error), error);

        Assert.Equal(steps, path.Steps.Select(step => $"{step.NamespaceUri}|{step.Name}"));
    }

    [Theory]
    [InlineData("Server")]
    [InlineData("/")]
    [InlineData("/Server/")]
    [InlineData("//Server")]
    [InlineData("/nsu=http")]
    [InlineData("/nsu=urn")]
    public void What_is_no_path_is_told(string text)
    {
        Assert.False(OpcUaPath.TryParse(text, out _, out var error));

        Assert.Contains("write", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/2:Cell/2:Double", "\"2:Cell\" counts on a namespace's index", "write \"nsu=<the namespace's URI>:Cell\"")]
    [InlineData("/nsu=urn:plc:Cell/12:Double", "\"12:Double\" counts on a namespace's index", "write \"nsu=<the namespace's URI>:Double\"")]
    [InlineData("/0:Server", "names the standard's namespace by its index", "write \"nsu=http://opcfoundation.org/UA/:Server\"")]
    public void A_namespace_by_index_is_refused_as_that_of_a_node_is(string text, string what, string remedy)
    {
        Assert.False(OpcUaPath.TryParse(text, out _, out var error));

        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_has_an_end()
    {
        Assert.False(OpcUaPath.TryParse(string.Concat(Enumerable.Repeat("/a", 33)), out _, out _));
    }
}
