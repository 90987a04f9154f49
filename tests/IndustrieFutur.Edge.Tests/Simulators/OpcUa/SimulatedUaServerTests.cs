using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IndustrieFutur.Edge.Core.Configuration;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.Protocols.Links;
using IndustrieFutur.Edge.Simulators.OpcUa;
using IndustrieFutur.Edge.Tests.OpcUa.Server;

namespace IndustrieFutur.Edge.Tests.Simulators.OpcUa;

/// <summary>The simulated devices' server lets in whom it may, and its faults are those that a plant has.</summary>
public sealed class SimulatedUaServerTests
{
    private const string Secured = "Basic256Sha256";
    private const uint Untrusted = StatusCodes.BadSecurityChecksFailed;

    [Fact]
    public void A_client_comes_in_once_its_certificate_is_trusted()
    {
        using var bench = UaBench.WithCobot();
        Assert.Equal(Untrusted, Assert.ThrowsAny<UaException>(() => UaBench.Open(bench.Client(Secured))).Status);

        bench.ServerStore.Trust(bench.OwnCertificate.Thumbprint);
        using var session = UaBench.Open(bench.Client(Secured));

        Assert.Equal(StatusCodes.Good, session.Read([new NodeId(0, NodeIds.ServerStatusState)])[0].Status);
    }

    [Fact]
    public void On_a_workbench_every_client_comes_in_and_that_is_said()
    {
        using var bench = UaBench.WithCobot(settings => settings with { AcceptsAnyClient = true });
        using var session = UaBench.Open(bench.Client(Secured));

        Assert.True(session.IsConnected);
        Assert.Contains(bench.Server.Places, place => place.Contains("every client is let in", StringComparison.Ordinal));
    }

    [Fact]
    public void A_user_logs_in_with_the_password_that_the_environment_holds()
    {
        const string Variable = "EDGE_TEST_SIM_PASSWORD";
        Environment.SetEnvironmentVariable(Variable, "secret");
        using var bench = UaBench.WithCobot(settings => settings with
        {
            AcceptsAnyClient = true,
            IsAnonymousAllowed = false,
            User = "operator",
            Password = SecretReference.Parse("env:" + Variable, out _),
        });

        using var session = UaBench.Open(bench.Client(Secured, identity: Password("secret")));
        Assert.True(session.IsConnected);
        Assert.ThrowsAny<UaException>(() => UaBench.Open(bench.Client(Secured, identity: Password("guess"))));
        Assert.ThrowsAny<UaException>(() => UaBench.Open(bench.Client(Secured)));
    }

    [Fact]
    public void A_password_that_is_not_to_be_had_lets_nobody_in_and_is_told_of()
    {
        var told = new List<string>();
        using var bench = UaBench.WithCobot(settings => settings with
        {
            AcceptsAnyClient = true,
            User = "operator",
            Password = SecretReference.Parse("env:EDGE_TEST_NOT_SET", out _),
            Tell = told.Add,
        });

        Assert.ThrowsAny<UaException>(() => UaBench.Open(bench.Client(Secured, identity: Password(""))));
        Assert.Contains(told, sentence => sentence.Contains("EDGE_TEST_NOT_SET", StringComparison.Ordinal));
    }

    [Fact]
    public void After_a_restart_the_namespaces_have_other_indexes_and_the_values_go_on()
    {
        using var bench = UaBench.WithCobot();
        var (port, before) = (bench.Server.EndPoint.Port, Indexes(bench));
        using (var session = UaBench.Open(bench.Client()))
        {
            bench.Server.Restart(new UaRestart { Away = TimeSpan.FromSeconds(1), ShiftNamespaces = 2 });
            ServerBed.WaitUntil(() => IsLost(session), "the server to be away");
        }

        bench.StepSeconds(1);
        ServerBed.WaitUntil(() => !bench.Server.IsRestarting, "the server to be back");
        bench.StepSeconds(1);

        Assert.Equal(before.Select(index => index + 2), Indexes(bench));
        Assert.Equal(port, bench.Server.EndPoint.Port);
        using var again = UaBench.Open(bench.Client());
        var position = again.Read([bench.At("DeviceSet/Cell1/MotionDevices/Arm1/Axes/Axis_1/ParameterSet/ActualPosition").Id])[0];
        Assert.InRange(position.SourceTimestamp, UaBench.Start.AddSeconds(1).UtcDateTime.ToFileTimeUtc(), UaBench.Start.AddSeconds(2).UtcDateTime.ToFileTimeUtc());
    }

    [Fact]
    public void It_can_come_back_with_a_certificate_that_is_over()
    {
        using var bench = UaBench.WithCobot(settings => settings with { AcceptsAnyClient = true });
        bench.Server.Restart(new UaRestart { Away = TimeSpan.Zero, IsCertificateExpired = true });
        bench.Step();
        ServerBed.WaitUntil(() => !bench.Server.IsRestarting && Until(bench) < UaBench.Start.UtcDateTime, "the server to be back with the old certificate");

        static DateTime Until(UaBench bench)
        {
            try
            {
                using var session = UaBench.Open(bench.Client(Secured));
                using var certificate = X509CertificateLoader.LoadCertificate(bench.LastServerCertificate);
                return certificate.NotAfter.ToUniversalTime();
            }
            catch (UaException)
            {
                // The old server is gone in this very moment, and the new one is not there yet.
                return DateTime.MaxValue;
            }
        }
    }

    [Fact]
    public void A_restart_that_is_waited_for_does_not_hold_up_the_end()
    {
        using var bench = UaBench.WithCobot();
        bench.Server.Restart(new UaRestart { Away = TimeSpan.FromHours(1) });
        bench.Server.Restart(new UaRestart { Away = TimeSpan.Zero });
        bench.StepSeconds(2);
        ServerBed.WaitUntil(() => bench.Server.IsRestarting, "the server to be away");
    }

    [Fact]
    public void While_the_cable_is_out_the_session_waits_and_then_goes_on()
    {
        using var bench = UaBench.WithCobot();
        using var session = UaBench.Open(bench.Client());
        bench.Server.IsCut = true;
        bench.StepSeconds(0.1);
        Assert.ThrowsAny<UaException>(() => session.Read([new NodeId(0, NodeIds.ServerStatusState)]));

        bench.Server.IsCut = false;
        session.Connect(TestContext.Current.CancellationToken);

        Assert.Equal(1, bench.Server.SessionCount);
        Assert.Equal(StatusCodes.Good, session.Read([new NodeId(0, NodeIds.ServerStatusState)])[0].Status);
    }

    [Fact]
    public void A_clock_that_jumps_is_seen_in_every_time_that_it_tells()
    {
        using var bench = UaBench.WithCobot();
        bench.Server.JumpClock(TimeSpan.FromHours(-2));
        bench.StepSeconds(1);
        using var session = UaBench.Open(bench.Client());

        var now = (long)session.Read([new NodeId(0, NodeIds.ServerStatusCurrentTime)])[0].Value.Value!;

        Assert.Equal(UaBench.Start.AddHours(-2).AddSeconds(1), UaTime.ToDateTime(now), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_port_that_is_taken_is_said_in_words()
    {
        using var bench = UaBench.WithCobot();

        var broken = Assert.Throws<LinkBrokenException>(() => UaBench.WithCobot(settings => settings with { Listen = bench.Server.EndPoint }));

        Assert.Contains(bench.Server.EndPoint.Port.ToString(CultureInfo.InvariantCulture), broken.Message, StringComparison.Ordinal);
    }

    private static bool IsLost(UaSession session)
    {
        try
        {
            session.Read([new NodeId(0, NodeIds.ServerStatusState)]);
            return false;
        }
        catch (UaException)
        {
            return true;
        }
    }

    private static UserIdentity.UserPassword Password(string password) => new("operator", () => Encoding.UTF8.GetBytes(password));

    private static int[] Indexes(UaBench bench) =>
        new[] { NodeSets.Di, NodeSets.Robotics, NodeSets.Machinery, "urn:industriefutur:cell-sim" }.Select(uri => (int)bench.Server.Space.Namespaces.IndexOf(uri)).ToArray();
}
