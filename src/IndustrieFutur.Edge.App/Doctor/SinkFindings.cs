using IndustrieFutur.Edge.Northbound;
using IndustrieFutur.Edge.Northbound.Mqtt;

namespace IndustrieFutur.Edge.App.Doctor;

/// <summary>Whether the broker of a sink lets us in: its address, its certificate, the log-in, the version of MQTT. French first.</summary>
internal static class SinkFindings
{
    /// <summary>A month: time enough to have a certificate issued.</summary>
    private static readonly TimeSpan RenewAhead = TimeSpan.FromDays(30);

    public static async Task<Finding> LookAsync(
        string id, SinkOptions sink, string address, string baseDirectory, TimeProvider clock, CancellationToken cancellationToken)
    {
        var name = $"broker {address}";
        try
        {
            // A name of its own: the one of the sink would take a running service's connection over.
            using var session = await BrokerSession.OpenAsync(sink, address, $"ifedge-doctor-{id}", baseDirectory, clock, (builder, _) => builder, null, cancellationToken);
            return Of(name, session, clock);
        }
        catch (BrokerException cause)
        {
            return new Finding(name, Verdict.Fail, $"{cause.French} / {cause.Message}");
        }
        catch (Exception cause) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(name, Verdict.Fail, cause.Message);
        }
    }

    private static Finding Of(string name, BrokerSession session, TimeProvider clock)
    {
        if (session.CertificateValidUntil is { } until && until - clock.GetUtcNow() < RenewAhead)
        {
            return new Finding(
                name,
                Verdict.Warning,
                $"répond, mais son certificat expire le {until.UtcDateTime:yyyy-MM-dd} ; renouvelez-le / answers, but its certificate expires on {until.UtcDateTime:yyyy-MM-dd}; renew it");
        }

        return session.FallBack.Length > 0
            ? new Finding(name, Verdict.Warning, $"répond en MQTT 3.1.1, la version 5 est refusée ; écrivez \"version\": \"3.1.1\" / answers with MQTT 3.1.1: {session.FallBack}")
            : new Finding(name, Verdict.Ok, $"répond et nous accepte, MQTT {session.VersionText} / answers and lets us in");
    }
}
