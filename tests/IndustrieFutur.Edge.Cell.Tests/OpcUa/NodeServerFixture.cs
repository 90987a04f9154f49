namespace IndustrieFutur.Edge.Cell.Tests.OpcUa;

/// <summary>One foreign server for all tests of a class; it counts only when told.</summary>
public sealed class NodeServerFixture : IAsyncLifetime
{
    internal NodeServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await NodeServer.StartAsync(new NodeServerOptions { Signals = 10 }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        Server.Dispose();
        return ValueTask.CompletedTask;
    }
}
