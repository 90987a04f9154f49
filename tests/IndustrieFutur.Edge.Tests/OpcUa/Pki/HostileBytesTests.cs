using System.Formats.Asn1;
using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>Damaged certificates and lists end in a verdict or a complaint, never in an exception, and never in trust.</summary>
public sealed class HostileBytesTests : IDisposable
{
    private const int Tries = 400;

    private readonly int _seed = RandomNumberGenerator.GetInt32(int.MaxValue);
    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void A_damaged_certificate_is_never_accepted()
    {
        var random = new Random(_seed);
        using var server = Draft.Server.IssuedBy(_bed.Root);
        _bed.TrustRoot();
        var chain = PkiBed.Chain(server, _bed.Root);
        Assert.True(_bed.Check(chain).IsAccepted);

        for (var index = 0; index < Tries; index++)
        {
            var damaged = Damage(chain, random, server.RawData.Length);
            var verdict = _bed.Check(damaged, PkiBed.Expected with { KeepSeen = false });

            Assert.False(verdict.IsAccepted, $"seed {_seed}, try {index}");
            Assert.NotEmpty(verdict.Sentence);
        }
    }

    [Fact]
    public void A_damaged_list_is_told_or_does_not_count()
    {
        var random = new Random(_seed);
        using var revoked = Draft.Server.IssuedBy(_bed.Root);
        using var server = Draft.Server.IssuedBy(_bed.Root);
        _bed.Trust(_bed.Root);
        var list = PkiBed.ListOf(_bed.Root, revoked);

        for (var index = 0; index < Tries; index++)
        {
            var damaged = Damage(list, random, list.Length);
            _bed.Put("trusted/crl", "root.crl", damaged);

            var problem = _bed.Check(server).Problem;
            Assert.True(problem is CertificateProblem.CrlMissing or CertificateProblem.CrlBroken, $"seed {_seed}, try {index}: {problem}");
        }
    }

    [Fact]
    public void A_list_that_tells_a_part_only_does_not_stand_for_the_whole()
    {
        var entries = new AsnWriter(AsnEncodingRules.DER);
        using (entries.PushSequence())
        {
            WriteList(entries);
        }

        var list = RevocationList.Read(entries.Encode());

        Assert.True(list.IsPartial);
        Assert.Null(list.NextUpdateUtc);
        Assert.True(list.IsCurrent(Draft.Now.UtcDateTime));
    }

    /// <summary>One byte within the first part, or its end, changed.</summary>
    private static byte[] Damage(byte[] bytes, Random random, int first)
    {
        var damaged = bytes.ToArray();
        if (random.Next(8) == 0)
        {
            return damaged[..random.Next(first)];
        }

        damaged[random.Next(first)] ^= (byte)random.Next(1, 256);
        return damaged;
    }

    /// <summary>A delta list: nobody signed it, and it has a critical extension (RFC 5280, 5.2.4).</summary>
    private static void WriteList(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            WriteAlgorithm(writer);
            using (writer.PushSequence())
            {
            }

            writer.WriteUtcTime(Draft.Now.AddDays(-1));
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("2.5.29.27");
                writer.WriteBoolean(true);
                writer.WriteOctetString([2, 1, 1]);
            }
        }

        WriteAlgorithm(writer);
        writer.WriteBitString([0]);
    }

    private static void WriteAlgorithm(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.1.11");
        }
    }
}
