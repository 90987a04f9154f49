namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>The foreign server itself: it starts, counts when told, and comes back on its port after a kill.</summary>
[Trait("Category", "Foreign")]
public sealed class NodeServerTests
{
    [Fact]
    public async Task The_foreign_server_counts_and_comes_back_on_its_port_with_its_certificate()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 10 }, cancellation);
        var (endpoint, certificate) = (server.Endpoint, server.LoadCertificate().Thumbprint);

        Assert.Equal(3, await server.StepAsync(3, cancellation));
        Assert.Equal(0, (await server.SessionsAsync(cancellation)).Creates);
        server.Kill();
        await server.RestartAsync(1_000_000, cancellation);

        Assert.Equal((endpoint, certificate), (server.Endpoint, server.LoadCertificate().Thumbprint));
        Assert.Equal(1_000_000, await server.CountAsync(cancellation));
    }
}
