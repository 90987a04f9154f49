using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.Drivers.OpcUa;

/// <summary>From what an integrator wrote to what a session needs: address, security, certificates, user.</summary>
/// <param name="options">What all devices behind the endpoint agree on.</param>
/// <param name="devices">Their ids: a certificate that was pinned for one of them counts.</param>
/// <param name="surroundings">Where the certificates lie.</param>
internal sealed class OpcUaSessions(OpcUaOptions options, IReadOnlyList<string> devices, DriverSurroundings surroundings)
{
    private const string PkiFolder = "pki";

    /// <summary>Called at each new beginning, so that a certificate or a password that came since is found. Throws a sentence for what is missing.</summary>
    public SessionSettings Settings()
    {
        var policy = SecurityPolicies.ByName(options.Security.Policy) ?? throw new InvalidOperationException($"{options.Security.Policy} was checked.");
        var store = new PkiStore(Path.Combine(surroundings.DataFolder, PkiFolder), surroundings.Clock);
        var own = new OwnCertificateRequest { ApplicationUri = options.ApplicationUri, Edge = surroundings.Edge };
        return new SessionSettings
        {
            Endpoint = EndpointAddress.Parse(options.Endpoint),
            Policy = policy,
            Mode = Enum.Parse<MessageSecurityMode>(options.Security.EffectiveMode),
            AllowInsecure = options.AllowInsecure,
            Certificate = policy.IsNone ? null : store.LoadOrCreateOwn(own),
            ApplicationUri = options.ApplicationUri ?? $"urn:{Environment.MachineName}:IndustrieFutur:Edge:{surroundings.Edge}",
            CheckServer = CheckOf(new CertificateValidator(store, surroundings.Clock), policy),
            Identity = Identity(),
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
    }

    private ServerCertificateCheck CheckOf(CertificateValidator validator, SecurityPolicy policy) => (der, endpoint, address) => validator.Check(
        der,
        new CertificateExpectations
        {
            Role = CertificateRole.Server,
            Host = address.Host,
            ApplicationUri = endpoint.Server.ApplicationUri,
            Policy = policy,
            Devices = devices,
            AllowMissingCrl = options.AllowMissingCrl,
        });

    private UserIdentity Identity() => options.User switch
    {
        null => new UserIdentity.Anonymous(),
        { Name: { } name, Password: { } password } => new UserIdentity.UserPassword(name, () => Encoding.UTF8.GetBytes(Secret(password, $"password of the user \"{name}\""))),
        { Certificate: { } file } user => new UserIdentity.UserCertificate(UserCertificates.Load(
            Path.GetFullPath(file, surroundings.BaseFolder),
            user.CertificatePassword is { } password ? Secret(password, $"password of {file}") : null,
            surroundings.Clock)),
        _ => throw new InvalidOperationException("The user was checked."),
    };

    private string Secret(SecretReference reference, string what) => reference.Resolve(ReadFile, out var error)
        ?? throw new PkiException($"The {what} for {options.Endpoint} is not there: {error}. {reference.Remedy}");

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
