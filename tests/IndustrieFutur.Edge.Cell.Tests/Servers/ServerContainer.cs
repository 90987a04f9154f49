using System.Text;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;

namespace IndustrieFutur.Edge.Cell.Tests.Servers;

/// <summary>A server in a container of the engine that answers. Its port is published on loopback.</summary>
internal sealed class ServerContainer : IServerHost
{
    /// <summary>A developer's machine may first have to fetch the image; one that is here starts within 3 s.</summary>
    private static readonly TimeSpan StartDeadline = TimeSpan.FromMinutes(3);

    private readonly IContainer _container;
    private readonly ServerRecipe _recipe;

    private ServerContainer(IContainer container, ServerRecipe recipe)
    {
        _container = container;
        _recipe = recipe;
    }

    public string HostName => _container.Hostname;

    public int Port => _container.GetMappedPublicPort(_recipe.ContainerPort);

    public string Description => $"container {_recipe.Image}";

    public static async Task<ServerContainer> StartAsync(ServerRecipe recipe, CancellationToken cancellation)
    {
        var container = Build(recipe);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(StartDeadline);
            await container.StartAsync(limit.Token);
            return new ServerContainer(container, recipe);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();

    private static IContainer Build(ServerRecipe recipe)
    {
        var place = new ServerPlace("0.0.0.0", recipe.ContainerPort, "/tmp", recipe.ContainerConfigurationPath ?? "");
        var arguments = recipe.Arguments(place);
        var ready = Wait.ForUnixContainer();
        ready = recipe.ReadyPath is { } path
            ? ready.UntilHttpRequestIsSucceeded(request => request
                .ForPort((ushort)recipe.ContainerPort).ForPath(path).ForStatusCodeMatching(code => (int)code is >= 200 and < 300))
            : ready.UntilInternalTcpPortIsAvailable(recipe.ContainerPort).UntilExternalTcpPortIsAvailable(recipe.ContainerPort);

        // Images made on this machine exist nowhere else: no registry is asked for them.
        var isLocal = Environment.GetEnvironmentVariable("EDGE_IMAGES_LOCAL") == "1";
        var builder = new ContainerBuilder(recipe.Image)
            .WithImagePullPolicy(isLocal ? PullPolicy.Never : PullPolicy.Missing)
            .WithPortBinding(recipe.ContainerPort, assignRandomHostPort: true)
            .WithCommand(recipe.ImageHasEntryPoint ? arguments : [recipe.Program, .. arguments])
            .WithWaitStrategy(ready);
        if (recipe.Configuration is { } configuration)
        {
            builder = builder.WithResourceMapping(Encoding.UTF8.GetBytes(configuration(place)), place.ConfigurationFile);
        }

        return builder.Build();
    }
}
