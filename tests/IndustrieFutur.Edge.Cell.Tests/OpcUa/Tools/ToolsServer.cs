namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Tools;

/// <summary>One foreign server for all tests of the tools: each has a data folder of its own, and leaves no session behind.</summary>
public sealed class ToolsServer : IAsyncLifetime
{
    private NodeServer? _server;

    internal NodeServer Server => _server ?? throw new InvalidOperationException("The foreign server was not started.");

    public async ValueTask InitializeAsync() =>
        _server = await NodeServer.StartAsync(new NodeServerOptions { Lean = true, Signals = 5 }, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _server?.Dispose();
        return ValueTask.CompletedTask;
    }
}
