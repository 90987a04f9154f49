using System.Globalization;
using System.Net;
using IndustrieFutur.Edge.Core.Configuration;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>Reads what a command line says of a device's OPC UA server: the same words for each device.</summary>
/// <param name="isOn">Whether it serves OPC UA without being asked to.</param>
internal sealed class UaArguments(bool isOn)
{
    public const string DataFolderDefault = "cell-sim-data";

    public const string Off = "off";

    public const string Usage =
        """
          --data FOLDER         certificates: its own, and those of clients that ifedge cert --data FOLDER has trusted (cell-sim-data)
          --user NAME           nobody logs in but this user, and those whose certificate lies in FOLDER/users
          --password env:NAME   that user's password (or file:PATH)
          --accept-any-client   lets every client in, whatever certificate it shows: for a workbench
          --insecure            offers an endpoint without security too
        """;

    private UaDeviceSettings _settings = new() { DataFolder = DataFolderDefault, Tell = Console.Error.WriteLine };

    /// <summary>Null when it does not serve OPC UA.</summary>
    public UaDeviceSettings? Settings => isOn ? _settings : null;

    public bool IsOn => isOn;

    /// <summary>What is missing; empty when nothing is.</summary>
    public string Mistake => (_settings.User is null) == (_settings.Password is null)
        ? ""
        : "--user and --password go together: --user operator --password env:OPERATOR_PASSWORD";

    /// <summary>A port on loopback, or ADDRESS:PORT; null when it is neither.</summary>
    public static IPEndPoint? EndPoint(string value)
    {
        if (ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return new IPEndPoint(IPAddress.Loopback, port);
        }

        return value.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(value, out var endPoint) ? endPoint : null;
    }

    /// <summary>Takes the next word, and its value, when they are about OPC UA.</summary>
    public bool TryTake(ref ReadOnlySpan<string> arguments)
    {
        if (TryTake(arguments[0]))
        {
            arguments = arguments[1..];
            return true;
        }

        if (arguments.Length < 2 || !TryTake(arguments[0], arguments[1]))
        {
            return false;
        }

        arguments = arguments[2..];
        return true;
    }

    private bool TryTake(string flag)
    {
        switch (flag)
        {
            case "--accept-any-client":
                _settings = _settings with { AcceptsAnyClient = true };
                return true;
            case "--insecure":
                _settings = _settings with { AllowInsecure = true };
                return true;
            default:
                return false;
        }
    }

    private bool TryTake(string key, string value)
    {
        if (key == "--opcua" && value == Off)
        {
            isOn = false;
            return true;
        }

        if (With(key, value) is not { } settings)
        {
            return false;
        }

        isOn |= key == "--opcua";
        _settings = settings;
        return true;
    }

    private UaDeviceSettings? With(string key, string value) => key switch
    {
        "--opcua" when EndPoint(value) is { } listen => _settings with { Listen = listen },
        "--data" when value.Length > 0 => _settings with { DataFolder = value },
        "--user" when value.Length > 0 => _settings with { User = value, IsAnonymousAllowed = false },
        "--password" when SecretReference.Parse(value, out _) is { } password => _settings with { Password = password },
        _ => null,
    };
}
