using System.CommandLine;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>What every <c>ifedge cert</c> verb takes: whose certificates are meant, and how to answer.</summary>
internal sealed class CertOptions
{
    private readonly Option<string?> _config = VerbOptions.Config("The configuration whose edge is meant; without it the one in the usual places.");
    private readonly Option<string?> _data = new("--data") { Description = "The data folder whose certificates are meant, instead of the configuration's." };
    private readonly Option<bool> _json = VerbOptions.Json();

    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_data);
        command.Add(_json);
    }

    /// <summary>The work on the store, with its sentences as the verb's.</summary>
    public Func<ParseResult, int> Run(Func<CertSurroundings, int> work) => parsed =>
    {
        try
        {
            return work(Open(parsed));
        }
        catch (PkiException cause)
        {
            throw Failed(cause);
        }
    };

    /// <summary>What was written wrong is told from a store that is not as it must be.</summary>
    public static VerbFailedException Failed(PkiException cause) => new(cause is PkiUsageException ? ExitCode.Usage : ExitCode.FoundProblems, cause.Message);

    public CertSurroundings Open(ParseResult parsed)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        var (named, data) = (parsed.GetValue(_config), parsed.GetValue(_data));
        var configuration = named is not null || (data is null && ConfigurationFile.IsInUsualPlace)
            ? ConfigurationFile.Load(named, error)
            : null;
        var store = new PkiStore(PkiPlace.Of(data ?? configuration?.DataDirectory), TimeProvider.System);
        return new CertSurroundings(store, configuration, parsed.GetValue(_json), output, error);
    }
}
