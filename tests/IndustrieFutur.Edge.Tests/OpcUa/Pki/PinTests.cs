using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A commissioned device's certificate is trusted for that device alone, and nothing but trust and, if asked, one host is let go.</summary>
public sealed class PinTests : IDisposable
{
    private static readonly CertificateExpectations ForPlc = PkiBed.Expected with { Devices = ["plc"] };

    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void The_first_certificate_is_pinned_and_the_window_closes()
    {
        using var server = Draft.Server.SelfSigned();
        using var second = Draft.Server.SelfSigned();
        var window = Window();

        Assert.True(window.Offer(server.RawData, PkiBed.Expected, acceptHost: false).IsAccepted);

        Assert.Equal((server.Thumbprint, "plc"), (_bed.Store.PinOf("plc")!.Thumbprint, _bed.Store.PinOf("plc")!.Device));
        Assert.True(_bed.Check(server, ForPlc).IsAccepted);
        Assert.Equal(CertificateProblem.WindowClosed, window.Offer(second.RawData, PkiBed.Expected, acceptHost: false).Problem);
        Assert.Equal(CertificateProblem.Changed, _bed.Check(second, ForPlc).Problem);
    }

    [Fact]
    public void A_pin_counts_for_its_device_alone_and_never_for_a_client()
    {
        using var server = (Draft.Server with { Purposes = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"] }).SelfSigned();
        Window().Offer(server.RawData, PkiBed.Expected, acceptHost: false);

        Assert.True(_bed.Check(server, PkiBed.Expected with { Devices = ["robot", "plc"] }).IsAccepted);
        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(server, PkiBed.Expected with { Devices = ["robot"] }).Problem);
        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(server).Problem);
        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(server, PkiBed.Expected with { Role = CertificateRole.Client }).Problem);
    }

    [Fact]
    public void Only_servers_are_commissioned()
    {
        using var server = Draft.Server.SelfSigned();

        Assert.Throws<ArgumentException>(() => Window().Offer(server.RawData, PkiBed.Expected with { Role = CertificateRole.Client }, acceptHost: false));
    }

    [Fact]
    public void A_window_that_was_not_used_closes_by_itself()
    {
        using var server = Draft.Server.SelfSigned();
        var window = Window();

        _bed.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.False(window.IsOpen);
        var verdict = window.Offer(server.RawData, PkiBed.Expected, acceptHost: false);
        Assert.Equal(CertificateProblem.WindowClosed, verdict.Problem);
        Assert.Contains("when the commissioning window was closed", verdict.Sentence, StringComparison.Ordinal);
        Assert.Null(_bed.Store.PinOf("plc"));
    }

    public static TheoryData<string> StillBad =>
    [
        "expired", "not yet valid", "wrong URI", "short key", "SHA-1 signature", "wrong key usage", "wrong host", "for clients only",
        "revoked", "forged", "self-signature damaged", "no certificate", "a server without a URI",
    ];

    [Theory]
    [MemberData(nameof(StillBad))]
    public void Whatever_else_is_wrong_is_not_pinned_and_leaves_the_window_open(string name)
    {
        var bad = BadCertificates.All[name];
        var window = Window();

        var verdict = window.Offer(bad.Show(_bed), bad.Expected, acceptHost: false);

        Assert.Equal(bad.Problem, verdict.Problem);
        Assert.True(window.IsOpen);
        Assert.Null(_bed.Store.PinOf("plc"));
    }

    [Fact]
    public void A_pinned_certificate_is_still_checked_at_every_connection()
    {
        using var server = Draft.Server.SelfSigned();
        Window().Offer(server.RawData, PkiBed.Expected, acceptHost: false);

        Assert.Equal(CertificateProblem.WrongUri, _bed.Check(server, ForPlc with { ApplicationUri = "urn:other" }).Problem);
        Assert.Equal(CertificateProblem.WrongHost, _bed.Check(server, ForPlc with { Host = "other.local" }).Problem);
        _bed.Clock.Advance(TimeSpan.FromDays(101));
        Assert.Equal(CertificateProblem.Expired, _bed.Check(server, ForPlc).Problem);
    }

    [Fact]
    public void An_authoritys_certificate_can_be_pinned_without_the_authority_but_not_against_it()
    {
        using var server = Draft.Server.IssuedBy(_bed.Root);

        Assert.True(Window().Offer(server.RawData, PkiBed.Expected, acceptHost: false).IsAccepted);
        Assert.True(_bed.Check(server, ForPlc).IsAccepted);

        _bed.TrustRoot(revoked: server);
        Assert.Equal(CertificateProblem.Revoked, _bed.Check(server, ForPlc).Problem);
    }

    [Fact]
    public void A_host_that_is_not_named_can_be_pinned_along_and_only_that_host()
    {
        using var server = Draft.Server.SelfSigned();
        var atAddress = PkiBed.Expected with { Host = "192.168.0.10" };

        Assert.Equal(CertificateProblem.WrongHost, Window().Offer(server.RawData, atAddress, acceptHost: false).Problem);
        Assert.True(Window().Offer(server.RawData, atAddress, acceptHost: true).IsAccepted);

        Assert.True(_bed.Check(server, ForPlc with { Host = "192.168.0.10" }).IsAccepted);
        Assert.Equal(CertificateProblem.WrongHost, _bed.Check(server, ForPlc with { Host = "192.168.0.11" }).Problem);
    }

    [Fact]
    public void A_host_is_overridden_for_one_certificate_and_nothing_else_is()
    {
        using var server = Draft.Server.SelfSigned();
        using var other = Draft.Server.SelfSigned();
        _bed.Trust(server, other);
        var atAddress = PkiBed.Expected with { Host = "192.168.0.10" };
        var refused = _bed.Check(server, atAddress);
        Assert.Contains($"ifedge cert trust {server.Thumbprint} --host 192.168.0.10", refused.NextStep, StringComparison.Ordinal);

        _bed.Store.AcceptHost(server.Thumbprint, "192.168.0.10");

        Assert.True(_bed.Check(server, atAddress).IsAccepted);
        Assert.Equal(CertificateProblem.WrongHost, _bed.Check(other, atAddress).Problem);
        Assert.Equal(CertificateProblem.WrongHost, _bed.Check(server, PkiBed.Expected with { Host = "192.168.0.11" }).Problem);
        Assert.Equal(CertificateProblem.WrongUri, _bed.Check(server, atAddress with { ApplicationUri = "urn:other" }).Problem);
    }

    [Fact]
    public void A_host_override_trusts_nothing_by_itself()
    {
        using var server = Draft.Server.SelfSigned();

        _bed.Store.Pin(new CertificatePin(server.RawData, Draft.Uri, Device: null, Host: Draft.Host));

        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(server, ForPlc).Problem);
    }

    [Fact]
    public void A_certificate_of_a_trusted_authority_that_misses_the_host_can_be_accepted_by_its_thumbprint()
    {
        using var server = (Draft.Server with { Hosts = [] }).IssuedBy(_bed.Root);
        _bed.TrustRoot();
        Assert.Equal(CertificateProblem.WrongHost, _bed.Check(server).Problem);

        _bed.Store.AcceptHost(server.Thumbprint, Draft.Host);

        Assert.True(_bed.Check(server).IsAccepted);
    }

    [Fact]
    public void Rejecting_undoes_the_pin()
    {
        using var server = Draft.Server.SelfSigned();
        Window().Offer(server.RawData, PkiBed.Expected, acceptHost: false);

        _bed.Store.Reject(server.Thumbprint);

        Assert.Null(_bed.Store.PinOf("plc"));
        Assert.Equal(CertificateProblem.Rejected, _bed.Check(server, ForPlc).Problem);
    }

    [Fact]
    public void What_a_person_rejected_is_not_pinned_and_leaves_the_window_open()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);
        _bed.Store.Reject(server.Thumbprint);
        var window = Window();

        Assert.Equal(CertificateProblem.Rejected, window.Offer(server.RawData, PkiBed.Expected, acceptHost: false).Problem);

        Assert.True(window.IsOpen);
        Assert.Null(_bed.Store.PinOf("plc"));
    }

    [Fact]
    public void What_is_pinned_is_no_longer_among_the_seen()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);

        Window().Offer(server.RawData, PkiBed.Expected, acceptHost: false);

        Assert.Equal(CertificatePlace.Pinned, Assert.Single(_bed.Store.List()).Place);
    }

    private CommissioningWindow Window() => new(_bed.Store, _bed.Clock, "plc", TimeSpan.FromMinutes(10));
}
