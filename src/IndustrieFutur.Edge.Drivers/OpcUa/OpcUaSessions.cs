using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Core.Links;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>From what an integrator wrote to what a session needs: address, security, certificates, user.</summary>
internal sealed class OpcUaSessions(OpcUaOptions options, DriverSurroundings surroundings)
{
    /// <summary>Asked when the link is first opened, so that a missing password is told as what it is: a link that cannot be opened.</summary>
    public SessionSettings Settings() => new()
    {
        Endpoint = EndpointAddress.Parse(options.Endpoint),
        Policy = SecurityPolicies.ByName(options.Security.Policy) ?? throw new InvalidOperationException($"{options.Security.Policy} was checked."),
        Mode = Enum.Parse<MessageSecurityMode>(options.Security.EffectiveMode),
        AllowInsecure = options.AllowInsecure,
        Identity = Identity(),
        ApplicationUri = ApplicationUri,
        SessionName = $"ifedge {surroundings.Edge}",
        SessionTimeout = options.SessionTimeout,
        Channel = new ChannelSettings
        {
            ConnectTimeout = options.Timeout,
            RequestTimeout = options.Timeout,
            Lifetime = options.ChannelLifetime,
            Clock = surroundings.Clock,
        },
    };

    private string ApplicationUri => options.ApplicationUri ?? $"urn:{Environment.MachineName}:IndustrieFutur:Edge:{surroundings.Edge}";

    private UserIdentity Identity() => options.User switch
    {
        null => new UserIdentity.Anonymous(),
        { Name: { } name, Password: { } password } => new UserIdentity.UserPassword(name, () => Encoding.UTF8.GetBytes(Secret(password, $"password of the user \"{name}\""))),
        _ => throw new InvalidOperationException("The user was checked."),
    };

    private string Secret(SecretReference reference, string what) => reference.Resolve(ReadFile, out var error)
        ?? throw new LinkLostException($"The {what} for {options.Endpoint} is not there: {error}. Put it there; it is looked for again at the next try.");

    private string? ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(Path.GetFullPath(path, surroundings.BaseFolder));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
