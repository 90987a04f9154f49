using IndustrieFutur.Edge.App.Configuration;
using IndustrieFutur.Edge.Drivers.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.App.OpcUa;

/// <summary>Our certificates that the OPC UA devices of a configuration are shown, and which of them soon will not do any more.</summary>
internal static class OwnCertificates
{
    /// <summary>A sentence for each that has expired or soon will, and for a store that cannot be read; none of devices without certificates.</summary>
    public static IReadOnlyList<string> Warnings(EdgeConfiguration configuration, TimeProvider clock)
    {
        var requests = configuration.Options.Devices.Values.OfType<OpcUaOptions>()
            .Where(device => device.Security.Policy != "None")
            .Select(device => new OwnCertificateRequest { ApplicationUri = device.ApplicationUri, Edge = configuration.Options.Edge })
            .Distinct();
        var store = new PkiStore(PkiPlace.Of(configuration.DataDirectory), clock);
        return [.. requests.Select(request => Warning(store, request, clock)).OfType<string>()];
    }

    private static string? Warning(PkiStore store, OwnCertificateRequest request, TimeProvider clock)
    {
        try
        {
            using var own = store.FindOwn(request);
            return own?.ExpiryWarning(clock);
        }
        catch (PkiException cause)
        {
            return cause.Message;
        }
    }
}
