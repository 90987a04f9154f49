using System.CommandLine;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary><c>ifedge cert list</c>: every certificate in the store, and what is wrong with it.</summary>
internal static class CertListVerb
{
    public static Command Create()
    {
        var options = new CertOptions();
        var command = new Command("list", "List our certificates, those that are trusted, pinned or rejected, and those that were only seen.");
        options.AddTo(command);
        command.SetAction(options.Run(List));
        return command;
    }

    private static int List(CertSurroundings surroundings)
    {
        var inventory = surroundings.Store.Read();
        var complaints = inventory.Complaints.Concat(surroundings.Store.OwnComplaints()).Concat(Expiry(surroundings)).ToList();
        if (surroundings.Json)
        {
            WriteJson(inventory, InUse(surroundings), complaints, surroundings.Output);
        }
        else
        {
            WriteLines(inventory, InUse(surroundings), surroundings);
        }

        foreach (var complaint in complaints)
        {
            surroundings.Error.WriteLine(complaint);
        }

        return complaints.Count > 0 ? ExitCode.FoundProblems : ExitCode.Done;
    }

    private static IEnumerable<string> Expiry(CertSurroundings surroundings)
    {
        using var own = surroundings.Store.FindOwn(surroundings.OwnRequest);
        return own?.ExpiryWarning(TimeProvider.System) is { } warning ? [warning] : [];
    }

    /// <summary>By thumbprint the devices that are shown it; none where the data folder stands for itself, or no device is spoken to with certificates.</summary>
    private static IReadOnlyDictionary<string, string[]> InUse(CertSurroundings surroundings)
    {
        if (surroundings.Configuration is { } configuration && OwnCertificates.InUse(configuration, surroundings.Store) is { Count: > 0 } ofDevices)
        {
            return ofDevices;
        }

        using var own = surroundings.Store.FindOwn(surroundings.OwnRequest);
        return own is null ? new Dictionary<string, string[]>() : new Dictionary<string, string[]> { [own.Thumbprint] = [] };
    }

    private static void WriteJson(PkiInventory inventory, IReadOnlyDictionary<string, string[]> inUse, IReadOnlyList<string> complaints, TextWriter output) =>
        output.WriteLine(new JsonObject
        {
            ["certificates"] = new JsonArray([.. inventory.Certificates.Select(certificate => Describe(certificate, inUse))]),
            ["complaints"] = new JsonArray([.. complaints.Select(complaint => (JsonNode)complaint)]),
        }.ToJsonString());

    private static JsonObject Describe(StoredCertificate certificate, IReadOnlyDictionary<string, string[]> inUse)
    {
        var described = CertSurroundings.Describe(certificate);
        if (certificate.Place == CertificatePlace.Own)
        {
            described["inUse"] = inUse.ContainsKey(certificate.Thumbprint);
        }

        return described;
    }

    private static void WriteLines(PkiInventory inventory, IReadOnlyDictionary<string, string[]> inUse, CertSurroundings surroundings)
    {
        surroundings.Error.WriteLine($"certificates: {surroundings.Store.Folder}");
        foreach (var certificate in inventory.Certificates)
        {
            surroundings.Output.WriteLine(
                $"{CertSurroundings.Word(certificate.Place),-8}  {certificate.Thumbprint}  {Validity(certificate)}  {certificate.Subject}  {certificate.ApplicationUri}{Pin(certificate)}{Use(certificate, inUse)}");
        }

        if (inventory.Certificates.Count == 0)
        {
            surroundings.Error.WriteLine($"There are none yet. Ours is made by \"ifedge cert export {surroundings.DataOption}\", or at the first secured connection.");
        }
    }

    private static string Validity(StoredCertificate certificate)
    {
        var utcNow = TimeProvider.System.GetUtcNow().UtcDateTime;
        return utcNow > certificate.NotAfterUtc ? $"EXPIRED {CertSurroundings.Day(certificate.NotAfterUtc)}"
            : utcNow < certificate.NotBeforeUtc ? $"not yet {CertSurroundings.Day(certificate.NotBeforeUtc)}"
            : $"until   {CertSurroundings.Day(certificate.NotAfterUtc)}";
    }

    private static string Use(StoredCertificate certificate, IReadOnlyDictionary<string, string[]> inUse) =>
        certificate.Place != CertificatePlace.Own ? ""
        : !inUse.TryGetValue(certificate.Thumbprint, out var devices) ? "  not in use"
        : devices.Length == 0 ? "  in use"
        : $"  in use for {string.Join(", ", devices)}";

    private static string Pin(StoredCertificate certificate) =>
        (certificate.Device is { } device ? $"  for the device {device}" : "") + (certificate.Host is { } host ? $"  at the host {host}" : "");
}
