namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Where the certificates lie: in the data folder of the edge, the same for the service and for every verb.</summary>
internal static class PkiPlace
{
    /// <summary>What "data" is in a configuration that does not name it.</summary>
    private const string DataDefault = "data";

    /// <summary>What a command that is shown needs to find the store, from whichever folder it is called.</summary>
    public static string Option(string pkiFolder) => $"--data \"{Path.GetDirectoryName(pkiFolder)}\"";

    public static string Of(string? dataFolder) => Path.Combine(Path.GetFullPath(dataFolder ?? DataDefault), "pki");
}
