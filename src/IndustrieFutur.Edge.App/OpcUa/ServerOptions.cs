using System.CommandLine;
using System.CommandLine.Parsing;
using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.App.Verbs;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Transport;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>The words of the command line that say which OPC UA server is meant, how to speak to it, and as whom. A password is never one of them.</summary>
/// <param name="config">The option that names the configuration.</param>
internal sealed class ServerOptions(Option<string?> config)
{
    /// <summary>A PLC under load needs seconds for its certificates; a person waits no longer for one answer.</summary>
    private static readonly TimeSpan TimeoutDefault = TimeSpan.FromSeconds(10);

    /// <summary>What the option says that names the configuration.</summary>
    public const string ConfigDescription = "The configuration whose device is meant, and whose certificates are used.";

    private readonly Argument<string> _server = new("server") { Description = "The endpoint, opc.tcp://host:4840, or the id of an OPC UA device of the configuration." };
    private readonly Option<string?> _config = config;
    private readonly Option<string?> _policy = Choice("--policy", "Take exactly this security policy.", SecurityPolicies.All.Select(policy => policy.Name));
    private readonly Option<string?> _mode = Choice("--mode", "Take exactly this security mode.", ["SignAndEncrypt", "Sign", "None"]);
    private readonly Option<string?> _user = new("--user") { Description = "A user of the server; needs --password-from." };
    private readonly Option<SecretReference?> _password = new("--password-from") { Description = "Where the password is: env:NAME or file:path; of --user, or of the file of --certificate.", CustomParser = ParseSecret };
    private readonly Option<string?> _certificate = new("--certificate") { Description = "File with a user's certificate and key (PEM or PFX), to log in by it." };
    private readonly Option<bool> _insecure = new("--allow-insecure") { Description = "Take an endpoint without protection where there is no other; for a test bench." };
    private readonly Option<TimeSpan?> _timeout = new("--timeout") { Description = "How long one answer may take (10s).", CustomParser = VerbOptions.ParseDuration };
    private readonly Option<string?> _data = new("--data") { Description = "The data folder, whose pki holds our certificate and those we trust; without it that of the configuration." };

    public void AddTo(Command command)
    {
        command.Add(_server);
        foreach (var option in (Option[])[_config, _policy, _mode, _user, _password, _certificate, _insecure, _timeout, _data])
        {
            command.Add(option);
        }

        command.Validators.Add(Check);
    }

    /// <summary>Throws <see cref="VerbFailedException"/> with a sentence when a configuration, a password or a certificate cannot be had.</summary>
    public ServerRequest Read(ParseResult parsed)
    {
        var error = parsed.InvocationConfiguration.Error;
        var server = parsed.GetRequiredValue(_server);
        var isDevice = !server.Contains("://", StringComparison.Ordinal);
        if (isDevice && server.Contains(':', StringComparison.Ordinal))
        {
            throw new VerbFailedException(ExitCode.Usage, $"\"{server}\" is no id of a device but looks like an address: write opc.tcp://{server}");
        }

        var endpoint = isDevice ? null : Parse(server);

        // The certificates of an endpoint are those of the edge here, as for "ifedge cert".
        var needsConfiguration = isDevice || parsed.GetValue(_config) is not null || (parsed.GetValue(_data) is null && ConfigurationFile.IsInUsualPlace);
        var configuration = needsConfiguration ? ConfigurationFile.Load(parsed.GetValue(_config), error) : null;
        return Override(endpoint is null ? ServerDevice.Find(configuration!, server) : At(endpoint, configuration), parsed);
    }

    private static ServerRequest At(EndpointAddress endpoint, EdgeConfiguration? configuration) => new()
    {
        Endpoint = endpoint,
        Timeout = TimeoutDefault,
        PkiFolder = PkiPlace.Of(configuration?.DataDirectory),
        Edge = configuration?.Options.Edge,
    };

    private static EndpointAddress Parse(string text) =>
        EndpointAddress.TryParse(text, out var address, out var mistake) ? address : throw new VerbFailedException(ExitCode.Usage, mistake);

    /// <summary>What the command line says goes before what the configuration says of a device.</summary>
    private ServerRequest Override(ServerRequest request, ParseResult parsed)
    {
        var policy = parsed.GetValue(_policy);
        var mode = parsed.GetValue(_mode);
        var data = parsed.GetValue(_data);
        return request with
        {
            Policy = policy ?? request.Policy,
            Mode = mode is not null ? Enum.Parse<MessageSecurityMode>(mode) : policy is null ? request.Mode : null,
            Identity = Identity(parsed) ?? request.Identity,
            User = User(parsed) ?? request.User,
            AllowInsecure = parsed.GetValue(_insecure) || request.AllowInsecure,
            Timeout = parsed.GetValue(_timeout) ?? request.Timeout,
            PkiFolder = data is not null ? PkiPlace.Of(data) : request.PkiFolder,
            DataFolder = data is not null ? Path.GetFullPath(data) : null,
        };
    }

    private UserIdentity? Identity(ParseResult parsed)
    {
        var password = parsed.GetValue(_password);
        if (parsed.GetValue(_certificate) is { } file)
        {
            return UserLogin.ByCertificate(file, password, Environment.CurrentDirectory);
        }

        return parsed.GetValue(_user) is { } user ? UserLogin.ByPassword(user, password!, Environment.CurrentDirectory) : null;
    }

    private OpcUaUserOptions? User(ParseResult parsed)
    {
        var password = parsed.GetValue(_password);
        return parsed.GetValue(_certificate) is { } file ? new OpcUaUserOptions { Certificate = file, CertificatePassword = password }
            : parsed.GetValue(_user) is { } user ? new OpcUaUserOptions { Name = user, Password = password }
            : null;
    }

    private void Check(CommandResult result)
    {
        var (user, password, certificate) = (IsGiven(result, _user), IsGiven(result, _password), IsGiven(result, _certificate));
        if (user && certificate)
        {
            result.AddError("a user is known by --user or by --certificate, not by both");
        }

        if (user && !password)
        {
            result.AddError("--user needs --password-from env:NAME or file:path: a password on the command line would be seen by everybody on this machine");
        }

        if (password && !user && !certificate)
        {
            result.AddError("--password-from needs the --user or the --certificate that it belongs to");
        }
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Option<string?> Choice(string name, string description, IEnumerable<string> values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }

    private static SecretReference? ParseSecret(ArgumentResult result)
    {
        var secret = SecretReference.Parse(result.Tokens.Count == 1 ? result.Tokens[0].Value : "", out var error);
        if (secret is null)
        {
            result.AddError(error);
        }

        return secret;
    }
}
