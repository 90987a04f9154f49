using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IndustrieFutur.Edge.App.OpcUa.Probe;

/// <summary>Finds the IP addresses behind the host's name.</summary>
internal sealed class AddressRung : IRung
{
    /// <summary>As many as the client itself tries.</summary>
    private const int AddressesMax = 8;

    public string Name => "address";

    public RungAnswer Try(ProbeState state, CancellationToken cancellationToken)
    {
        var host = state.Request.Endpoint.Host;
        if (IPAddress.TryParse(host, out var written))
        {
            state.Addresses = [written];
            return RungAnswer.Ok($"{host} is an IP address: no name to look up");
        }

        using var tooLate = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        tooLate.CancelAfter(state.Request.Timeout);
        try
        {
            // A question that the system has begun to ask runs to its own end whatever the token says: it is not waited for.
            var found = Dns.GetHostAddressesAsync(host, tooLate.Token).WaitAsync(tooLate.Token).GetAwaiter().GetResult();
            state.Addresses = [.. found.Distinct().Take(AddressesMax)];
            return found.Length == 0 ? Unknown(host) : RungAnswer.Ok($"{host} is known", Facts(state.Addresses));
        }
        catch (SocketException)
        {
            return Unknown(host);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return RungAnswer.Broken(
                ExitCode.CannotConnect,
                $"the name server does not say within {ServerWords.Seconds(state.Request.Timeout)} who {host} is",
                "write the IP address of the device instead of its name, or check the network settings of this machine");
        }
    }

    private static RungAnswer Unknown(string host) => RungAnswer.Broken(
        ExitCode.CannotConnect,
        $"nobody here knows the name {host}",
        "correct it, or write the IP address instead: robots and PLCs show it in their network settings");

    private static RungFact[] Facts(IReadOnlyList<IPAddress> addresses) =>
        [.. addresses.Select((address, index) => new RungFact(string.Create(CultureInfo.InvariantCulture, $"address {index + 1}"), address.ToString()))];
}
