using System.Text;
using IndustrieFutur.Edge.OpcUa.Security;

namespace IndustrieFutur.Edge.Tests.OpcUa.Security;

/// <summary>Keys come out of nonces as the standard's function makes them.</summary>
public sealed class PSha256Tests
{
    [Fact]
    public void The_published_test_vector_of_the_function_holds()
    {
        var secret = Convert.FromHexString("9bbe436ba940f017b17652849a71db35");
        byte[] seed = [.. Encoding.ASCII.GetBytes("test label"), .. Convert.FromHexString("a0ba9f936cda311827a6f796ffd5198c")];
        var output = new byte[100];

        PSha256.Derive(secret, seed, output);

        Assert.Equal(
            "e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66",
            Convert.ToHexStringLower(output));
    }

    [Fact]
    public void The_keys_of_a_captured_channel_come_out()
    {
        var clientNonce = Convert.FromHexString("e37bdbed0ae1774c31c637fd4b000f5455596ce18604047584571a053ba443c4");
        var serverNonce = Convert.FromHexString("d32250ee133936f7d0471200b39557bf3fc8b546d00b9d46a9f1cfbd5511fce8");
        var client = new byte[80];
        var server = new byte[80];

        PSha256.Derive(serverNonce, clientNonce, client);
        PSha256.Derive(clientNonce, serverNonce, server);

        Assert.Equal(
            "39b4d2998839e0e65dd0ac2f76d31a7950949db7516d360d0d5f44d0110b7af0db7dd584eca8e544c8c345b61d84a42afd9083f82b82e4bde37531cf9964eae7e8ca93a3e285351f9339ac7a1ecb71ca",
            Convert.ToHexStringLower(client));
        Assert.Equal(
            "2a0de509c996c5e1b04c4ec219fe929f273f89ed4a3ef1bec42939086f555457df914707c69c8ff86dc634ab584974a6afe5667c72c683947dcd2295eac0ab04fd3ad56dd06384ed0f20a1bc8d29e640",
            Convert.ToHexStringLower(server));
    }
}
