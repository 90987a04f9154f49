using System.Globalization;
using System.Net;
using System.Net.Sockets;
using IndustrieFutur.Edge.OpcUa.SecureChannel;
using IndustrieFutur.Edge.OpcUa.Security;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>An OPC UA server that has no nodes and no values of its own, and so can send more of them than any real one.</summary>
/// <remarks>One connection after the other, on one thread: the client's discovery first, then its session.</remarks>
internal sealed class OpcUaBlastServer(OpcUaBlastIdentity identity, long periodNanos)
{
    /// <summary>Serves until its standard input ends.</summary>
    public static int Run(string policy, string periodMillis)
    {
        using var identity = new OpcUaBlastIdentity(SecurityPolicies.ByName(policy) ?? throw new ArgumentException($"There is no policy {policy}."));
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var server = new OpcUaBlastServer(identity, long.Parse(periodMillis, CultureInfo.InvariantCulture) * 1_000_000);
        new Thread(() => server.Serve(listener)) { IsBackground = true, Name = "blast" }.Start();
        Console.WriteLine($"=opc.tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        Console.In.ReadToEnd();
        return 0;
    }

    private void Serve(Socket listener)
    {
        while (true)
        {
            try
            {
                using var channel = ServerChannel.Accept(listener.Accept(), identity.ChannelSettings, CancellationToken.None);
                new OpcUaBlastConnection(identity, channel, periodNanos).Serve();
            }
            catch (UaException gone)
            {
                // The client has closed, as it does after its discovery; anything else is for whoever reads the output.
                Console.WriteLine(gone.Message);
            }
        }
    }
}
