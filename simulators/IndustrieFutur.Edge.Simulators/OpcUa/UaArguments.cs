using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Simulators.Arguments;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Reads what a command line says of a device's OPC UA server: the same words for each device.</summary>
/// <param name="isOn">Whether it serves OPC UA without being asked to.</param>
internal sealed class UaArguments(bool isOn)
{
    public const string DataFolderDefault = "cell-sim-data";

    private const string OpcUa = "--opcua";

    public const string Usage =
        """
          --data FOLDER         certificates: its own, and those of clients that ifedge cert --data FOLDER has trusted (cell-sim-data)
          --user NAME           nobody logs in but this user, and those whose certificate lies in FOLDER/users
          --password env:NAME   that user's password (or file:PATH)
          --accept-any-client   lets every client in, whatever certificate it shows: for a workbench
          --insecure            offers an endpoint without security too
        """;

    private UaDeviceSettings _settings = new() { DataFolder = DataFolderDefault, Tell = Console.Error.WriteLine };
    private IReadOnlyList<Option>? _options;

    /// <summary>Null when it does not serve OPC UA.</summary>
    public UaDeviceSettings? Settings => isOn ? _settings : null;

    public bool IsOn => isOn;

    public IReadOnlyList<Option> Options => _options ??= Build();

    /// <summary>What is missing or does nothing; empty when all is well. A password that is not to be had is one: nobody could log in.</summary>
    public string MistakeIn(OptionList options)
    {
        var idle = isOn ? [] : Options.Select(static option => option.Name).Where(name => name != OpcUa && options.IsGiven(name)).ToList();
        if (idle.Count > 0)
        {
            return $"{string.Join(", ", idle)}: {(idle.Count == 1 ? "does" : "do")} nothing without OPC UA; add {OpcUa} 4840, or another port, or leave {(idle.Count == 1 ? "it" : "them")} out";
        }

        if ((_settings.User is null) != (_settings.Password is null))
        {
            return "--user and --password go together: --user operator --password env:OPERATOR_PASSWORD";
        }

        return _settings.Password is { } password && password.Resolve(UaIdentity.ReadOrNull, out var error) is null
            ? $"--password {password}: {error}, so {_settings.User} could not log in; put the password there, and start again"
            : "";
    }

    private IReadOnlyList<Option> Build() =>
    [
        Option.PlaceOrOff(OpcUa, listen =>
        {
            isOn = listen is not null;
            _settings = _settings with { Listen = listen ?? _settings.Listen };
        }),
        Option.Text("--data", "the path of a folder", folder => _settings = _settings with { DataFolder = folder }),
        Option.Text("--user", "the name of a user", user => _settings = _settings with { User = user, IsAnonymousAllowed = false }),
        Option.Text(
            "--password",
            "env:NAME or file:PATH, where the password is; it is never written on a command line",
            password => _settings = _settings with { Password = SecretReference.Parse(password, out _) },
            static password => SecretReference.Parse(password, out _) is not null) with { IsSecret = true },
        Option.Flag("--accept-any-client", () => _settings = _settings with { AcceptsAnyClient = true }),
        Option.Flag("--insecure", () => _settings = _settings with { AllowInsecure = true }),
    ];
}
