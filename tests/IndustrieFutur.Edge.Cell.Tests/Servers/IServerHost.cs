namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>What a server runs in: a process or a container. Disposing it ends the server and deletes its data.</summary>
internal interface IServerHost : IAsyncDisposable
{
    string HostName { get; }

    int Port { get; }

    /// <summary>In which way it runs, for people who read a test's output.</summary>
    string Description { get; }
}
