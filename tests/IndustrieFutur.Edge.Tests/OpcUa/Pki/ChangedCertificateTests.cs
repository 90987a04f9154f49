using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>A server that shows another certificate than before: a renewal or a man in the middle, which a person has to tell apart.</summary>
public sealed class ChangedCertificateTests : IDisposable
{
    private static readonly Draft Old = Draft.Server with { Subject = "CN=PLC 7 of last year, O=Plant", From = Draft.Now.AddDays(-300), Until = Draft.Now.AddDays(30) };

    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Both_thumbprints_the_dates_of_the_old_one_and_both_commands_are_told()
    {
        using var old = Old.SelfSigned();
        using var changed = Draft.Server.SelfSigned();
        _bed.Trust(old);

        var verdict = _bed.Check(changed);

        Assert.Equal((CertificateProblem.Changed, changed.Thumbprint), (verdict.Problem, verdict.Thumbprint));
        Assert.Contains($"shows (CN=PLC 7, O=Plant, thumbprint {changed.Thumbprint})", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains($"trusted here (CN=PLC 7 of last year, O=Plant, thumbprint {old.Thumbprint}, valid from 2025-08-19 12:00 UTC to 2026-07-15 12:00 UTC)", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("Ask the server's owner whether it was replaced on purpose", verdict.NextStep, StringComparison.Ordinal);
        var data = $"--data \"{Path.GetDirectoryName(_bed.Folder)}\"";
        Assert.Contains($"ifedge cert trust {changed.Thumbprint} {data}", verdict.NextStep, StringComparison.Ordinal);
        Assert.Contains($"ifedge cert reject {old.Thumbprint} {data}", verdict.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_refused_until_a_person_trusts_it_and_the_old_one_is_refused_once_it_is_rejected()
    {
        using var old = Old.SelfSigned();
        using var changed = Draft.Server.SelfSigned();
        _bed.Trust(old);
        Assert.False(_bed.Check(changed).IsAccepted);

        _bed.Store.Trust(changed.Thumbprint);
        Assert.True(_bed.Check(changed).IsAccepted);
        Assert.True(_bed.Check(old).IsAccepted);

        _bed.Store.Reject(old.Thumbprint);
        Assert.True(_bed.Check(changed).IsAccepted);
        Assert.Equal(CertificateProblem.Rejected, _bed.Check(old).Problem);
    }

    [Fact]
    public void What_is_pinned_for_the_device_is_compared_whatever_the_new_one_calls_itself()
    {
        using var old = Old.SelfSigned();
        using var changed = (Draft.Server with { ApplicationUri = "urn:somebody:else" }).SelfSigned();
        _bed.Store.Pin(new CertificatePin(old.RawData, Draft.Uri, "plc", Host: null));

        var verdict = _bed.Check(changed, PkiBed.Expected with { Devices = ["plc"], ApplicationUri = "urn:somebody:else" });

        Assert.Equal(CertificateProblem.Changed, verdict.Problem);
        Assert.Contains($"pinned for the device plc (CN=PLC 7 of last year, O=Plant, thumbprint {old.Thumbprint}", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_application_is_only_unknown_and_so_is_one_that_was_merely_seen_or_rejected_before()
    {
        using var trusted = (Draft.Server with { ApplicationUri = "urn:somebody:else" }).SelfSigned();
        using var seen = Old.SelfSigned();
        using var rejected = (Old with { Subject = "CN=No" }).SelfSigned();
        using var shown = Draft.Server.SelfSigned();
        _bed.Trust(trusted);
        _bed.Put("rejected", seen);
        _bed.Put("denied", rejected);

        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(shown).Problem);
    }

    [Fact]
    public void Another_device_of_the_same_make_is_only_unknown()
    {
        using var first = Old.SelfSigned();
        using var second = Draft.Server.SelfSigned();
        _bed.Store.Pin(new CertificatePin(first.RawData, Draft.Uri, "robot1", Host: null));

        Assert.Equal(CertificateProblem.Untrusted, _bed.Check(second, PkiBed.Expected with { Devices = ["robot2"] }).Problem);
        Assert.Equal(CertificateProblem.Changed, _bed.Check(second, PkiBed.Expected with { Devices = [] }).Problem);
    }

    [Fact]
    public void A_renewal_by_a_trusted_authority_is_no_change()
    {
        using var old = Draft.Server.IssuedBy(_bed.Root);
        using var renewed = Draft.Server.IssuedBy(_bed.Root);
        _bed.TrustRoot();
        _bed.Trust(old);

        Assert.True(_bed.Check(renewed).IsAccepted);
    }
}
