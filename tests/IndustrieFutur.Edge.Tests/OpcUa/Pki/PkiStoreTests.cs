using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Security.Pki;

namespace IndustrieFutur.Edge.Tests.OpcUa.Pki;

/// <summary>The store is this user's alone, bounded, moves certificates on a person's word, and lives with files that do not belong there.</summary>
public sealed class PkiStoreTests : IDisposable
{
    private const UnixFileMode Folder0700 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly PkiBed _bed = new();

    public void Dispose() => _bed.Dispose();

    [Fact]
    public void Folders_and_files_are_for_this_user_alone()
    {
        _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" }).Dispose();

        var folders = Directory.GetDirectories(_bed.Folder, "*", SearchOption.AllDirectories).Append(_bed.Folder);
        var files = Directory.GetFiles(_bed.Folder, "*", SearchOption.AllDirectories);
        Assert.All(folders, folder => Assert.Equal(Folder0700, ModeOf(folder)));
        Assert.All(files, file => Assert.Equal(File0600, ModeOf(file)));
        Assert.Equal(3, files.Length);
        Assert.DoesNotContain(files, file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void An_untrusted_certificate_is_kept_trusted_by_its_thumbprint_and_rejected_again()
    {
        using var server = Draft.Server.SelfSigned();

        var refused = _bed.Check(server);
        var kept = Assert.Single(_bed.Store.List());
        Assert.Equal((CertificatePlace.Seen, server.Thumbprint), (kept.Place, kept.Thumbprint));
        Assert.Equal($"PLC 7 [{server.Thumbprint}].der", Path.GetFileName(kept.File));
        Assert.Contains($"ifedge cert trust {server.Thumbprint} --data \"{Path.GetDirectoryName(_bed.Folder)}\"", refused.NextStep, StringComparison.Ordinal);

        _bed.Store.Trust(server.Thumbprint[..8].ToLowerInvariant());
        Assert.Equal(CertificatePlace.Trusted, Assert.Single(_bed.Store.List()).Place);
        Assert.True(_bed.Check(server).IsAccepted);

        _bed.Store.Reject(server.Thumbprint);
        Assert.Equal(CertificatePlace.Rejected, Assert.Single(_bed.Store.List()).Place);
        Assert.Equal(CertificateProblem.Rejected, _bed.Check(server).Problem);
    }

    [Fact]
    public void A_certificate_that_is_handed_over_is_trusted_though_it_was_never_seen_or_was_rejected()
    {
        using var server = Draft.Server.SelfSigned();

        _bed.Store.Trust(server.RawDataMemory);
        Assert.True(_bed.Check(server).IsAccepted);
        _bed.Store.Reject(server.Thumbprint);
        _bed.Store.Trust(server.RawDataMemory);

        Assert.True(_bed.Check(server).IsAccepted);
        Assert.Equal((CertificatePlace.Trusted, server.Thumbprint), (Assert.Single(_bed.Store.List()).Place, _bed.Store.List()[0].Thumbprint));
    }

    [Fact]
    public void A_persons_no_outlives_the_tries_of_the_server_and_ends_with_a_persons_yes()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);
        _bed.Store.Reject(server.Thumbprint);

        var refused = _bed.Check(server);
        Assert.Equal(CertificatePlace.Rejected, Assert.Single(_bed.Store.List()).Place);
        Assert.Equal(CertificateProblem.Rejected, refused.Problem);
        Assert.Contains("was rejected here by a person", refused.Sentence, StringComparison.Ordinal);
        Assert.Contains($"ifedge cert trust {server.Thumbprint} --data \"{Path.GetDirectoryName(_bed.Folder)}\"", refused.NextStep, StringComparison.Ordinal);

        _bed.Store.Trust(server.Thumbprint);
        Assert.Equal(CertificatePlace.Trusted, Assert.Single(_bed.Store.List()).Place);
        Assert.True(_bed.Check(server).IsAccepted);
    }

    [Fact]
    public void A_persons_no_counts_against_a_trusted_authority_and_a_copy_in_the_trusted_folder()
    {
        using var server = Draft.Server.IssuedBy(_bed.Root);
        _bed.TrustRoot();
        _bed.Put("rejected", server);
        _bed.Store.Reject(server.Thumbprint);
        Assert.Equal(CertificateProblem.Rejected, _bed.Check(server).Problem);

        _bed.Trust(server);
        Assert.Equal(CertificateProblem.Rejected, _bed.Check(server).Problem);

        _bed.Store.Reject(server.Thumbprint);
        Assert.Equal(CertificatePlace.Rejected, Assert.Single(_bed.Store.List(), stored => stored.Thumbprint == server.Thumbprint).Place);
        _bed.Store.AcceptHost(server.Thumbprint, Draft.Host);
        Assert.True(_bed.Check(server).IsAccepted);
    }

    [Fact]
    public void A_person_can_say_no_fifty_times_and_more()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);
        _bed.Store.Reject(server.Thumbprint);
        for (var age = 0; age <= PkiStore.SeenFilesMax; age++)
        {
            _bed.Put("rejected", $"new {age}.der", [1]);
        }

        using var other = (Draft.Server with { Subject = "CN=Other" }).SelfSigned();
        _bed.Check(other);

        Assert.Equal(CertificateProblem.Rejected, _bed.Check(server).Problem);
    }

    [Theory]
    [InlineData("1234567", "is no thumbprint")]
    [InlineData("zz345678", "is no thumbprint")]
    [InlineData("", "is no thumbprint")]
    [InlineData("0123456789ABCDEF", "There is no certificate whose thumbprint begins with 0123456789ABCDEF")]
    public void What_is_no_thumbprint_of_a_certificate_is_told(string prefix, string sentence)
    {
        _bed.Trust(_bed.Root);

        var refusal = Assert.Throws<PkiUsageException>(() => _bed.Store.Trust(prefix));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_ours_is_neither_trusted_nor_rejected()
    {
        using var own = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" });

        Assert.Contains("our own", Assert.Throws<PkiUsageException>(() => _bed.Store.Trust(own.Thumbprint)).Message, StringComparison.Ordinal);
        Assert.Contains("our own", Assert.Throws<PkiUsageException>(() => _bed.Store.Reject(own.Thumbprint)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fifty_seen_ones_are_kept_and_the_oldest_go()
    {
        for (var age = 0; age < PkiStore.SeenFilesMax; age++)
        {
            File.SetLastWriteTimeUtc(_bed.Put("rejected", $"old {age}.der", [1]), Draft.Now.UtcDateTime.AddDays(-1 - age));
        }

        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);

        var names = Directory.GetFiles(Path.Combine(_bed.Folder, "rejected")).Select(Path.GetFileName).ToList();
        Assert.Equal(PkiStore.SeenFilesMax, names.Count);
        Assert.DoesNotContain($"old {PkiStore.SeenFilesMax - 1}.der", names);
        Assert.Contains($"PLC 7 [{server.Thumbprint}].der", names);
    }

    [Fact]
    public void One_that_was_seen_before_is_not_written_again()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Check(server);
        var file = Assert.Single(_bed.Store.List()).File;
        File.SetLastWriteTimeUtc(file, Draft.Now.UtcDateTime);

        _bed.Check(server);

        Assert.Equal(Draft.Now.UtcDateTime, File.GetLastWriteTimeUtc(file));
    }

    [Fact]
    public void Damaged_and_foreign_files_are_told_and_passed_over()
    {
        using var server = Draft.Server.SelfSigned();
        _bed.Trust(server);
        var pem = PemEncoding.WriteString("CERTIFICATE", _bed.Root.RawData);
        string[] bad =
        [
            _bed.Put("trusted/certs", "damaged.der", server.RawData[..100]),
            _bed.Put("trusted/certs", "empty.der", []),
            _bed.Put("trusted/certs", "notes.txt", "do not touch"u8.ToArray()),
            _bed.Put("trusted/certs", "two.pem", System.Text.Encoding.ASCII.GetBytes(pem + "\n" + pem)),
            _bed.Put("trusted/certs", "large.der", new byte[70_000]),
            _bed.Put("trusted/crl", "damaged.crl", PkiBed.ListOf(_bed.Root)[..50]),
            _bed.Put("trusted/pins", "broken.json", "{}"u8.ToArray()),
            _bed.Put("trusted/pins", "none.json", "not at all"u8.ToArray()),
        ];

        var inventory = _bed.Store.Read();

        Assert.Equal(server.Thumbprint, Assert.Single(inventory.Certificates).Thumbprint);
        Assert.Equal(bad.Length, inventory.Complaints.Count);
        Assert.All(bad, file => Assert.Single(inventory.Complaints, complaint => complaint.StartsWith(file, StringComparison.Ordinal)));
        Assert.True(_bed.Check(server).IsAccepted);
    }

    [Fact]
    public void Pem_is_read_as_well_as_der()
    {
        using var server = Draft.Server.IssuedBy(_bed.Root);
        _bed.Put("trusted/certs", "root.pem", System.Text.Encoding.ASCII.GetBytes(_bed.Root.ExportCertificatePem()));
        _bed.Put("trusted/crl", "root.pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("X509 CRL", PkiBed.ListOf(_bed.Root))));

        Assert.True(_bed.Check(server).IsAccepted);
        Assert.Empty(_bed.Store.Read().Complaints);
    }

    [Fact]
    public void A_name_that_would_leave_the_folder_does_not()
    {
        using var server = (Draft.Server with { Subject = "CN=../../../etc/passwd" }).SelfSigned();

        _bed.Check(server);

        var kept = Assert.Single(_bed.Store.List());
        Assert.Equal(Path.Combine(_bed.Folder, "rejected"), Path.GetDirectoryName(kept.File));
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_told_with_what_to_do()
    {
        var file = Path.Combine(Path.GetDirectoryName(_bed.Folder)!, "file");
        File.WriteAllText(file, "");
        var store = new PkiStore(Path.Combine(file, "pki"), _bed.Clock);

        var refusal = Assert.Throws<PkiException>(() => store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" }));

        Assert.Contains("Give this user the right to the folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_certificate_is_exported_and_never_its_key()
    {
        using var own = _bed.Store.LoadOrCreateOwn(new OwnCertificateRequest { Edge = "cell1" });
        var stored = _bed.Store.Find(own.Thumbprint);

        Assert.Equal(own.Der, PkiStore.Export(stored, pem: false));
        var pem = System.Text.Encoding.ASCII.GetString(PkiStore.Export(stored, pem: true));
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", pem, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", pem, StringComparison.Ordinal);
    }

    /// <summary>On Windows the folder of the user's profile protects what lies in it.</summary>
    private static UnixFileMode ModeOf(string path) =>
        !OperatingSystem.IsWindows() ? File.GetUnixFileMode(path) : Directory.Exists(path) ? Folder0700 : File0600;
}
