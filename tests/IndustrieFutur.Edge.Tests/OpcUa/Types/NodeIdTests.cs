using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Types;

/// <summary>NodeIds as people write them and as the wire has them.</summary>
public sealed class NodeIdTests
{
    [Theory]
    [InlineData("i=85")]
    [InlineData("ns=2;s=Robot.Axis 1;a=b")]
    [InlineData("ns=300;i=70000")]
    [InlineData("ns=1;g=72962b91-fa75-4ae6-8d28-b404dc7daf63")]
    [InlineData("ns=1;b=AP8Q")]
    [InlineData("s=")]
    public void What_is_written_is_read_again(string text)
    {
        Assert.True(NodeId.TryParse(text, out var nodeId));

        Assert.Equal(text, nodeId.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("85")]
    [InlineData("i=")]
    [InlineData("i=-1")]
    [InlineData("i=4294967296")]
    [InlineData("ns=65536;i=1")]
    [InlineData("ns=1")]
    [InlineData("ns=1;x=1")]
    [InlineData("g=72962b91")]
    [InlineData("b=%%")]
    public void What_is_no_node_id_is_refused(string text)
    {
        Assert.False(NodeId.TryParse(text, out _));
        Assert.False(ExpandedNodeId.TryParse(text, out _));
    }

    [Theory]
    [InlineData("i=85", "0055")]
    [InlineData("i=256", "01000001")]
    [InlineData("ns=1;i=1000", "0101E803")]
    [InlineData("ns=256;i=1", "02000101000000")]
    [InlineData("ns=2;i=65536", "02020000000100")]
    [InlineData("ns=1;s=Cell", "0301000400000043656C6C")]
    [InlineData("ns=1;b=AP8Q", "0501000300000000FF10")]
    [InlineData("ns=1;g=72962b91-fa75-4ae6-8d28-b404dc7daf63", "040100912B967275FAE64A8D28B404DC7DAF63")]
    public void The_wire_has_the_shortest_form(string text, string hex)
    {
        Assert.True(NodeId.TryParse(text, out var nodeId));

        Assert.Equal(hex, Wire.Hex((ref UaWriter writer) => writer.WriteNodeId(nodeId)));
        Assert.Equal(nodeId, new UaReader(Convert.FromHexString(hex)).ReadNodeId());
    }

    [Theory]
    [InlineData("nsu=http://opcfoundation.org/UA/DI/;i=15063", "ns=1;i=15063")]
    [InlineData("nsu=urn:plc;s=Speed;x", "ns=2;s=Speed;x")]
    [InlineData("ns=3;i=1", "ns=3;i=1")]
    [InlineData("i=2258", "i=2258")]
    public void A_namespace_is_found_by_its_uri(string text, string expected)
    {
        Assert.True(ExpandedNodeId.TryParse(text, out var nodeId));

        Assert.True(nodeId.TryResolve(["http://opcfoundation.org/UA/", "http://opcfoundation.org/UA/DI/", "urn:plc"], out var local));
        Assert.Equal(expected, local.ToString());
        Assert.Equal(text, nodeId.ToString());
    }

    [Theory]
    [InlineData("nsu=urn:other;i=1")]
    [InlineData("svr=1;i=1")]
    public void An_unknown_namespace_or_another_server_is_not_resolved(string text)
    {
        Assert.True(ExpandedNodeId.TryParse(text, out var nodeId));

        Assert.False(nodeId.TryResolve(["http://opcfoundation.org/UA/"], out _));
    }

    [Fact]
    public void A_uri_with_a_semicolon_survives()
    {
        var nodeId = new ExpandedNodeId(new NodeId(0, "x"), "urn:a;b%3B");

        Assert.True(ExpandedNodeId.TryParse(nodeId.ToString(), out var read));
        Assert.Equal(nodeId, read);
    }

    [Fact]
    public void Uri_and_server_follow_the_node_on_the_wire()
    {
        var nodeId = new ExpandedNodeId(new NodeId(0, 85), "urn:a", 7);

        var hex = Wire.Hex((ref UaWriter writer) => writer.WriteExpandedNodeId(nodeId));

        Assert.Equal("C0550500000075726E3A6107000000", hex);
        Assert.Equal(nodeId, new UaReader(Convert.FromHexString(hex)).ReadExpandedNodeId());
    }

    [Fact]
    public void Equal_ids_are_equal_whatever_array_holds_them()
    {
        var one = new NodeId(1, new byte[] { 1, 2 });
        var other = new NodeId(1, new byte[] { 1, 2 });

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, new NodeId(2, new byte[] { 1, 2 }));
        Assert.NotEqual(new NodeId(0, "1"), new NodeId(0, 1));
    }
}
