using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using IndustrieFutur.Edge.Cell.Tests.Proofs;
using IndustrieFutur.Edge.OpcUa.Security.Pki;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Every bad certificate is refused with its own sentence and a next step, none is accepted, and the good ones are.</summary>
[Trait("Proof", "opcua-certificates")]
public sealed partial class CertificatesProof
{
    public static TheoryData<string> Bad => [.. BadCertificates.All.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_certificate_is_refused_with_its_own_sentence(string name)
    {
        using var bed = new PkiBed();
        var bad = BadCertificates.All[name];
        var shown = bad.Show(bed);

        var verdict = bed.Check(shown, bad.Expected);

        Assert.Equal((bad.Problem, bad.Status), (verdict.Problem, verdict.Status));
        Assert.Contains(bad.Says, verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains($"the server {bad.Expected.Host}", verdict.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("the connection is refused.", verdict.Sentence, StringComparison.Ordinal);
        Assert.NotEmpty(verdict.NextStep);
        if (bad.Problem != CertificateProblem.NotACertificate)
        {
            using var leaf = Leaf(shown);
            Assert.Equal(leaf.Thumbprint, verdict.Thumbprint);
            Assert.Contains($"thumbprint {leaf.Thumbprint}", verdict.Sentence, StringComparison.Ordinal);
            Assert.Contains("CN=PLC 7", verdict.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_two_problems_share_a_sentence_and_every_problem_has_one()
    {
        var problemOf = new Dictionary<string, CertificateProblem>();
        foreach (var (name, bad) in BadCertificates.All)
        {
            using var bed = new PkiBed();
            var verdict = bed.Check(bad.Show(bed), bad.Expected);

            Assert.False(verdict.IsAccepted, name);
            var sentence = Particulars().Replace(verdict.Sentence, "…");
            Assert.True(problemOf.TryAdd(sentence, verdict.Problem) || problemOf[sentence] == verdict.Problem, sentence);
        }

        var without = Enum.GetValues<CertificateProblem>().Except(problemOf.Values);
        Assert.Equal([CertificateProblem.None, CertificateProblem.WindowClosed], without);
        Proof.Say($"{BadCertificates.All.Count} bad certificates refused for {problemOf.Values.Distinct().Count()} reasons, 0 accepted");
    }

    [Fact]
    public void A_trusted_self_signed_certificate_is_accepted()
    {
        using var bed = new PkiBed();
        using var server = Draft.Server.SelfSigned();
        bed.Trust(server);

        Assert.Equal(new CertificateVerdict(CertificateProblem.None, StatusCodes.Good, "The certificate is accepted.", "", server.Thumbprint), bed.Check(server));
    }

    [Fact]
    public void A_certificate_of_a_trusted_authority_with_a_list_is_accepted()
    {
        using var bed = new PkiBed();
        using var other = Draft.Server.IssuedBy(bed.Root);
        using var server = Draft.Server.IssuedBy(bed.Root);
        bed.TrustRoot(revoked: other);

        Assert.Equal(CertificateProblem.None, bed.Check(server).Problem);
        Assert.Equal(CertificateProblem.None, bed.Check(PkiBed.Chain(server, bed.Root)).Problem);
    }

    [Fact]
    public void A_certificate_two_steps_below_a_trusted_authority_is_accepted()
    {
        using var bed = new PkiBed();
        using var intermediate = Draft.Intermediate.IssuedBy(bed.Root);
        using var server = Draft.Server.IssuedBy(intermediate);
        bed.TrustRoot();
        bed.Put("issuers/crl", "line.crl", PkiBed.ListOf(intermediate));

        Assert.Equal(CertificateProblem.ChainIncomplete, bed.Check(server).Problem);
        Assert.Equal(CertificateProblem.None, bed.Check(PkiBed.Chain(server, intermediate)).Problem);

        bed.Put("issuers/certs", intermediate);
        Assert.Equal(CertificateProblem.None, bed.Check(server).Problem);
    }

    [Fact]
    public void Better_hashes_and_pss_are_accepted()
    {
        using var bed = new PkiBed();
        foreach (var draft in (Draft[])
            [
                Draft.Server with { Hash = HashAlgorithmName.SHA512 },
                Draft.Server with { Hash = HashAlgorithmName.SHA384 },
                Draft.Server with { Padding = RSASignaturePadding.Pss },
            ])
        {
            using var server = draft.SelfSigned();
            bed.Trust(server);

            Assert.Equal(CertificateProblem.None, bed.Check(server).Problem);
        }
    }

    [Fact]
    public void An_authority_without_a_list_is_accepted_when_that_was_allowed()
    {
        using var bed = new PkiBed();
        using var server = Draft.Server.IssuedBy(bed.Root);
        bed.Trust(bed.Root);

        Assert.Equal(CertificateProblem.None, bed.Check(server, PkiBed.Expected with { AllowMissingCrl = true }).Problem);
    }

    [Fact]
    public void A_list_that_lies_there_damaged_is_not_one_that_is_missing()
    {
        using var bed = new PkiBed();
        using var server = Draft.Server.IssuedBy(bed.Root);
        bed.Trust(bed.Root);
        bed.Put("trusted/crl", "root.crl", [.. PkiBed.ListOf(bed.Root, server).SkipLast(20)]);

        var verdict = bed.Check(server, PkiBed.Expected with { AllowMissingCrl = true });

        Assert.Equal(CertificateProblem.CrlBroken, verdict.Problem);
        Assert.Contains("root.crl", verdict.Sentence, StringComparison.Ordinal);
    }

    private static X509Certificate2 Leaf(byte[] chain) => X509CertificateLoader.LoadCertificate(IndustrieFutur.Edge.OpcUa.Security.DerChain.Leaf(chain));

    /// <summary>What a sentence is about: names, numbers, dates. What is left without them is the sentence itself.</summary>
    [GeneratedRegex(@"\([^)]*\)|""[^""]*""|[0-9:-]+( UTC)?|CN=[\w ]+")]
    private static partial Regex Particulars();
}
