using IndustrieFutur.Edge.App.OpcUa;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.App.Verbs;

/// <summary>Waits for a device's server within the window, shows its certificate, and has it pinned if nothing but trust is missing.</summary>
/// <param name="fetch">Asks the server for its endpoints and takes the configured one; throws <see cref="UaException"/> while nobody answers.</param>
internal sealed class CertCommissioning(CertSurroundings surroundings, TimeProvider clock, Func<ServerRequest, CancellationToken, ServerEndpoint> fetch)
{
    /// <summary>A person waits, and a server that starts must not be hammered.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string _lastError = "";

    public required string Device { get; init; }

    public required ServerRequest Request { get; init; }

    public required TimeSpan Length { get; init; }

    public bool AcceptHost { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var window = new CommissioningWindow(surroundings.Store, clock, Device, Length);
            await surroundings.Error.WriteLineAsync($"Waiting for {Device} at {Request.Endpoint}. Ctrl+C stops it.");
            while (window.IsOpen)
            {
                if (await TryFetchAsync(cancellationToken) is { } endpoint)
                {
                    return Judge(window, endpoint);
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }

            throw new VerbFailedException(
                ExitCode.TimedOut,
                $"{Device} did not appear at {Request.Endpoint} in time, so nothing was pinned: {_lastError} Look at the device and its network, then open another window.");
        }
        catch (PkiException cause)
        {
            throw CertOptions.Failed(cause);
        }
    }

    /// <summary>The client is synchronous: it blocks a thread, which must not be the one that hears Ctrl-C.</summary>
    private Task<ServerEndpoint?> TryFetchAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                return fetch(Request, cancellationToken);
            }
            catch (UaException cause)
            {
                Say(cause.Message);
                return null;
            }
        },
        cancellationToken);

    private void Say(string error)
    {
        if (error != _lastError)
        {
            surroundings.Error.WriteLine(error);
        }

        _lastError = error;
    }

    private int Judge(CommissioningWindow window, ServerEndpoint found)
    {
        var endpoint = found.Endpoint ?? throw new VerbFailedException(found.ExitCode, $"{Device}: {found.Why}; nothing was pinned. {found.Next}");
        if (endpoint.SecurityMode == MessageSecurityMode.None)
        {
            throw new VerbFailedException(ExitCode.Refused, $"{Device} is configured without security, so there is no certificate to pin; remove \"policy\": \"None\" first");
        }

        var chain = endpoint.ServerCertificate ?? [];
        var expected = new CertificateExpectations
        {
            Host = Request.Endpoint.Host,
            ApplicationUri = endpoint.Server.ApplicationUri,
            Policy = SecurityPolicies.Find(endpoint.SecurityPolicyUri),
            Devices = [Device],
        };
        var known = new CertificateValidator(surroundings.Store, clock).Check(chain, expected);
        if (known.IsAccepted)
        {
            surroundings.Error.WriteLine($"{Device} shows a certificate that is trusted already; there is nothing to do.");
            surroundings.Answer($"trusted: {known.Thumbprint}", surroundings.Store.PinOf(Device) ?? surroundings.Store.Find(known.Thumbprint));
            return ExitCode.Done;
        }

        ThrowIfRejected(known);
        ThrowIfPinned();
        ThrowIfChanged(known);
        return Pin(window.Offer(chain, expected, AcceptHost));
    }

    private void ThrowIfRejected(CertificateVerdict verdict)
    {
        if (verdict.Problem == CertificateProblem.Rejected)
        {
            throw new VerbFailedException(ExitCode.RefusedByRule, $"{Device}: {verdict.Sentence} Nothing was pinned. {verdict.NextStep}");
        }
    }

    /// <summary>A device that shows another certificate all of a sudden is just what pinning is to find out.</summary>
    private void ThrowIfPinned()
    {
        if (surroundings.Store.PinOf(Device) is { } pinned)
        {
            throw new VerbFailedException(
                ExitCode.Refused,
                $"{Device} is pinned to another certificate ({pinned.Subject}, thumbprint {pinned.Thumbprint}) than it shows now; nothing was changed. If its server was really replaced: ifedge cert reject {pinned.Thumbprint} {surroundings.DataOption}, then commission it again");
        }
    }

    /// <summary>Trust on first use is for the first: an application that is known by another certificate needs a person's word.</summary>
    private void ThrowIfChanged(CertificateVerdict verdict)
    {
        if (verdict.Problem == CertificateProblem.Changed)
        {
            throw new VerbFailedException(ExitCode.Refused, $"{Device}: {verdict.Sentence} Nothing was pinned. {verdict.NextStep}");
        }
    }

    private int Pin(CertificateVerdict verdict)
    {
        if (!verdict.IsAccepted)
        {
            var hint = verdict.Problem == CertificateProblem.WrongHost ? "Add --accept-host to accept this host for this device, or have the server's owner make a certificate that names it." : verdict.NextStep;
            throw new VerbFailedException(ExitCode.Refused, $"{verdict.Sentence} Nothing was pinned. {hint}");
        }

        var pinned = surroundings.Store.PinOf(Device)!;
        surroundings.Answer($"pinned for {Device}: {pinned.Subject} {pinned.Thumbprint} {pinned.ApplicationUri}", pinned);
        surroundings.Error.WriteLine($"Compare the thumbprint with the one that the device shows. If it is another: ifedge cert reject {pinned.Thumbprint} {surroundings.DataOption}");
        return ExitCode.Done;
    }
}
