using System.Net;
using System.Text.Json.Nodes;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.Simulators.Cobot;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Simulators.Plc;

namespace IndustrieFutur.Edge.Cell.Tests.OpcUa.Server;

/// <summary>The simulated cobot and PLC at the wall's pace with their OPC UA servers, for strangers to visit; gone afterwards with their folder.</summary>
internal sealed class StrangerCell : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edge-stranger-").FullName;
    private readonly string _userCertificate;
    private readonly string _userKey;

    public StrangerCell()
    {
        (_userCertificate, _userKey) = VisitedServer.UserFiles(_folder);
        var users = Directory.CreateDirectory(Path.Combine(_folder, "data", "users")).FullName;
        File.Copy(_userCertificate, Path.Combine(users, "operator.pem"));
        var password = Path.Combine(_folder, "password");
        File.WriteAllText(password, Credentials.Password);
        var settings = new UaDeviceSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            DataFolder = Path.Combine(_folder, "data"),
            AcceptsAnyClient = true,
            AllowInsecure = true,
            User = Credentials.User,
            Password = SecretReference.Parse("file:" + password, out _),
            TokenLifetimeMin = TimeSpan.FromSeconds(1),
        };
        Cobot = CobotSimulator.Start(new CobotSimulatorSettings { OpcUa = settings, Rtde = null, Dashboard = null, Modbus = null });
        Plc = PlcSimulator.Start(new PlcSimulatorSettings { OpcUa = settings with { User = null, Password = null } });
    }

    public CobotSimulator Cobot { get; }

    public PlcSimulator Plc { get; }

    /// <summary>Sends a stranger to one of the servers with some tasks, and hears him to his end.</summary>
    public async Task<List<JsonObject>> VisitAsync(SimulatedUaServer server, string tasks, int seconds, TimeSpan limit, CancellationToken cancellation)
    {
        using var stranger = new NodeProcess(
            "cell_visitor.js",
            [
                "--url", server.EndpointUrl, "--task", tasks, "--pki", Path.Combine(_folder, "stranger-" + tasks), "--seconds", $"{seconds}",
                "--userCertificate", _userCertificate, "--userKey", _userKey,
            ]);
        var said = new List<JsonObject>();
        while (true)
        {
            var next = await stranger.HearAnyAsync(limit, cancellation);
            if ((string?)next["event"] == "done")
            {
                return said;
            }

            said.Add(next);
        }
    }

    public void Dispose()
    {
        Plc.Dispose();
        Cobot.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
