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
        var store = new PkiStore(PkiPlace.Of(configuration.DataDirectory), clock);
        return [.. Requests(configuration).Select(request => Warning(store, request.Key, clock)).OfType<string>()];
    }

    /// <summary>By thumbprint the devices that are shown it; throws <see cref="PkiException"/> for a store that cannot be read.</summary>
    public static IReadOnlyDictionary<string, string[]> InUse(EdgeConfiguration configuration, PkiStore store)
    {
        var inUse = new Dictionary<string, string[]>();
        foreach (var request in Requests(configuration))
        {
            using var own = store.FindOwn(request.Key);
            if (own is not null)
            {
                inUse[own.Thumbprint] = [.. inUse.GetValueOrDefault(own.Thumbprint, []), .. request];
            }
        }

        return inUse;
    }

    /// <summary>The devices by the certificate that they are shown.</summary>
    private static IEnumerable<IGrouping<OwnCertificateRequest, string>> Requests(EdgeConfiguration configuration) =>
        from device in configuration.Options.Devices
        let options = device.Value as OpcUaOptions
        where options is not null && options.Security.Policy != "None"
        group device.Key by new OwnCertificateRequest { ApplicationUri = options.ApplicationUri, Edge = configuration.Options.Edge };

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
