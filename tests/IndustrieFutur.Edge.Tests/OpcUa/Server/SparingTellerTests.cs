using System.Net;
using IndustrieFutur.Edge.OpcUa.Client;
using IndustrieFutur.Edge.OpcUa.Server;
using IndustrieFutur.Edge.OpcUa.Server.Connections;
using IndustrieFutur.Edge.OpcUa.Types;
using IndustrieFutur.Edge.OpcUa.Types.Generated;
using IndustrieFutur.Edge.Tests.OpcUa.Security;
using Microsoft.Extensions.Time.Testing;

namespace IndustrieFutur.Edge.Tests.OpcUa.Server;

/// <summary>Whoever is refused all the time is heard of at once, and then once a minute; the log has room for others.</summary>
public sealed class SparingTellerTests
{
    private const uint Reason = StatusCodes.BadCertificateUntrusted;

    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _told = [];
    private readonly SparingTeller _teller;

    public SparingTellerTests() => _teller = new SparingTeller(_told.Add, _clock);

    [Fact]
    public void The_first_is_told_at_once_and_the_others_once_a_minute_with_their_number()
    {
        for (var number = 1; number <= 38; number++)
        {
            _teller.Tell("10.0.0.7", Reason, $"Refused {number}.");
        }

        _clock.Advance(TimeSpan.FromSeconds(59));
        _teller.TellDue();
        Assert.Equal(["Refused 1."], _told);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _teller.TellDue();

        Assert.Equal(["Refused 1.", "Refused 38. (And 36 more like it since it was last told.)"], _told);
    }

    [Fact]
    public void It_is_counted_also_where_nobody_asks_for_what_is_due()
    {
        _teller.Tell("10.0.0.7", Reason, "one");
        _teller.Tell("10.0.0.7", Reason, "two");
        _clock.Advance(TimeSpan.FromMinutes(1));
        _teller.Tell("10.0.0.7", Reason, "three");
        _teller.Tell("10.0.0.7", Reason, "four");

        Assert.Equal(["one", "three (And 1 more like it since it was last told.)"], _told);
    }

    [Fact]
    public void Another_address_and_another_reason_are_told_at_once()
    {
        _teller.Tell("10.0.0.7", Reason, "one");
        _teller.Tell("10.0.0.8", Reason, "two");
        _teller.Tell("10.0.0.7", StatusCodes.BadUserAccessDenied, "three");

        Assert.Equal(["one", "two", "three"], _told);
    }

    [Fact]
    public void After_a_quiet_minute_the_next_is_told_at_once_and_nothing_before_it()
    {
        _teller.Tell("10.0.0.7", Reason, "one");
        _clock.Advance(TimeSpan.FromMinutes(1));
        _teller.TellDue();
        _teller.Tell("10.0.0.7", Reason, "two");

        Assert.Equal(["one", "two"], _told);
    }

    [Fact]
    public void Of_more_than_can_be_told_apart_all_others_are_told_as_one()
    {
        for (var number = 0; number < 10 * SparingTeller.EntriesMax; number++)
        {
            _teller.Tell($"peer {number}", Reason, $"{number}");
        }

        Assert.Equal(SparingTeller.EntriesMax + 1, _told.Count);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _teller.TellDue();
        Assert.Equal($"2559 (And {(9 * SparingTeller.EntriesMax) - 2} more like it since it was last told.)", _told[^1]);
    }

    [Fact]
    public void A_client_that_knocks_at_a_server_all_the_time_is_told_of_once_a_minute()
    {
        using var bed = new ServerBed(change: settings => settings with { Clock = _clock });
        var stranger = bed.Client("Basic256Sha256", MessageSecurityMode.SignAndEncrypt) with { Certificate = new(TestCertificates.Stranger, ServerBed.ClientUri) };
        for (var count = 1; count <= 5; count++)
        {
            using var session = new UaSession(stranger);
            Assert.ThrowsAny<UaException>(() => session.Connect(TestContext.Current.CancellationToken));
            ServerBed.WaitUntil(() => bed.Server.Counters.SecurityRefusals == count && bed.Server.ConnectionCount == 0, "the refusal is counted, and the connection gone");
        }

        Assert.Single(bed.Told);
        _clock.Advance(TimeSpan.FromMinutes(1));
        ServerBed.WaitUntil(() => bed.Told.Count == 2, "the others are told");

        Assert.EndsWith("(And 3 more like it since it was last told.)", bed.Told[1], StringComparison.Ordinal);
        Assert.All(bed.Told, sentence => Assert.StartsWith("127.0.0.1:", sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7", true)]
    [InlineData("10.0.0.7", "::ffff:10.0.0.7", true)]
    [InlineData("10.0.0.7", "10.0.0.8", false)]
    [InlineData("2001:db8::1", "2001:db8::ffff:1234:1", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void Who_has_many_addresses_of_one_network_is_one(string one, string other, bool isSame) =>
        Assert.Equal(isSame, PeerKey.Of(IPAddress.Parse(one)) == PeerKey.Of(IPAddress.Parse(other)));
}
