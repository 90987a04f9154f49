using IndustrieFutur.Edge.OpcUa.Transport;

namespace IndustrieFutur.Edge.Tests.OpcUa.Transport;

/// <summary>An endpoint is read as integrators write it, and a mistake in it is named with its remedy.</summary>
public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("opc.tcp://192.168.0.10:4840", "192.168.0.10", 4840, "", "192.168.0.10:4840")]
    [InlineData("opc.tcp://plc", "plc", 4840, "", "plc:4840")]
    [InlineData("opc.tcp://plc_1.cell/", "plc_1.cell", 4840, "", "plc_1.cell:4840")]
    [InlineData("opc.tcp://plc:48010/UA/Cell?x=1", "plc", 48010, "/UA/Cell?x=1", "plc:48010")]
    [InlineData("opc.tcp://[fe80::1]:4841", "fe80::1", 4841, "", "[fe80::1]:4841")]
    [InlineData(" OPC.TCP://plc:1 ", "plc", 1, "", "plc:1")]
    public void Host_port_and_path_are_read(string text, string host, int port, string path, string hostAndPort)
    {
        var address = EndpointAddress.Parse(text);

        Assert.Equal(host, address.Host);
        Assert.Equal(port, address.Port);
        Assert.Equal(path, address.Path);
        Assert.Equal(hostAndPort, address.HostAndPort);
        Assert.Equal(text.Trim(), address.Url);
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("plc:4840", "cannot be read")]
    [InlineData("http://user:secret@plc:4840", "only opc.tcp:// is spoken here")]
    [InlineData("opc.tcp://user:secret@plc:70000", "cannot be read")]
    [InlineData("192.168.0.10", "cannot be read")]
    [InlineData("http://plc:4840", "only opc.tcp:// is spoken here")]
    [InlineData("opc.https://plc:4840", "only opc.tcp:// is spoken here")]
    [InlineData("opc.tcp://", "cannot be read")]
    [InlineData("opc.tcp://plc:70000", "cannot be read")]
    [InlineData("opc.tcp://plc:0", "port 0")]
    [InlineData("opc.tcp://user:secret@plc", "names a user")]
    public void A_mistake_is_named_with_its_remedy(string? text, string words)
    {
        var isRead = EndpointAddress.TryParse(text, out var address, out var mistake);

        Assert.False(isRead);
        Assert.Null(address);
        Assert.Contains(words, mistake, StringComparison.Ordinal);
        Assert.Contains("write it as opc.tcp://", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_URL_that_no_server_takes_is_refused()
    {
        var longest = "opc.tcp://plc/".PadRight(EndpointAddress.UrlBytesMax, 'x');

        Assert.Equal(longest, EndpointAddress.Parse(longest).Url);
        Assert.Throws<FormatException>(() => EndpointAddress.Parse(longest + "x"));
    }
}
