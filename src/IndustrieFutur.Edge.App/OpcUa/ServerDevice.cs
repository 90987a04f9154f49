using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>The server behind a device of a configuration, spoken to as the service would.</summary>
internal static class ServerDevice
{
    /// <summary>Throws <see cref="VerbFailedException"/> when there is no such device, or it speaks something else.</summary>
    public static ServerRequest Find(EdgeConfiguration configuration, string id)
    {
        if (!configuration.Options.Devices.TryGetValue(id, out var device))
        {
            throw new VerbFailedException(
                ExitCode.Usage,
                $"there is no device \"{id}\" in {configuration.File}; devices: {string.Join(", ", configuration.Options.Devices.Keys)}; an endpoint, where one is taken, begins with opc.tcp://");
        }

        return device is OpcUaOptions options
            ? Of(id, options, configuration)
            : throw new VerbFailedException(ExitCode.Usage, $"the device {id} is no OPC UA server; \"ifedge doctor {configuration.File}\" looks at devices of every kind");
    }

    private static ServerRequest Of(string id, OpcUaOptions options, EdgeConfiguration configuration) => new()
    {
        Endpoint = EndpointAddress.Parse(options.Endpoint),
        Policy = options.Security.Policy,
        Mode = Enum.Parse<MessageSecurityMode>(options.Security.Mode ?? (options.Security.Policy == "None" ? "None" : "SignAndEncrypt")),
        Identity = User(options.User, configuration.BaseDirectory),
        User = options.User,
        AllowInsecure = options.AllowInsecure,
        Timeout = options.Timeout,
        PkiFolder = PkiPlace.Of(configuration.DataDirectory),
        ApplicationUri = options.ApplicationUri,
        Edge = configuration.Options.Edge,
        Device = id,
        AllowMissingCrl = options.AllowMissingCrl,
    };

    private static UserIdentity User(OpcUaUserOptions? user, string baseDirectory) => user switch
    {
        { Name: { } name, Password: { } password } => UserLogin.ByPassword(name, password, baseDirectory),
        { Certificate: { } file } => UserLogin.ByCertificate(file, user.CertificatePassword, baseDirectory),
        _ => new UserIdentity.Anonymous(),
    };
}
