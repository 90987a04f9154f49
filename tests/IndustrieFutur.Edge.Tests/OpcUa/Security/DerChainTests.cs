using IndustrieFutur.Edge.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>The first certificate of a chain is found whatever follows it, and bytes that are none lead nowhere.</summary>
public sealed class DerChainTests
{
    [Fact]
    public void The_leaf_ends_where_its_own_length_says()
    {
        byte[] chain = [.. TestCertificates.Client.RawData, .. TestCertificates.Server.RawData];

        Assert.Equal(TestCertificates.Client.RawData, DerChain.Leaf(chain));
        Assert.Equal(TestCertificates.Client.RawData, DerChain.Leaf(TestCertificates.Client.RawData));
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3080")]
    [InlineData("3082FFFF00")]
    [InlineData("3084FFFFFFFF")]
    [InlineData("30FF")]
    [InlineData("0405AABBCCDDEEFF")]
    public void Bytes_that_are_no_certificate_stay_whole(string hex)
    {
        var bytes = Convert.FromHexString(hex);

        Assert.Equal(bytes, DerChain.Leaf(bytes));
    }
}
