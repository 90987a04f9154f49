namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>Decides on commands that come from afar, and has them done: whoever hears one asks here.</summary>
public interface ICommandService
{
    /// <summary>The answer comes when the outcome is known; what a person wrote never makes it throw.</summary>
    ValueTask<RemoteAnswer> AskAsync(RemoteCommand command, CancellationToken cancellationToken);
}
