using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// The folder with our certificates and with those of the peers: trusted, pinned, rejected, seen. The service and <c>ifedge cert</c> share it,
/// so every question reads it anew, and every change is one file that is there or not.
/// </summary>
public sealed partial class PkiStore
{
    /// <summary>A person looks at them one by one; whoever shows a new certificate at every try must not fill the disk.</summary>
    internal const int SeenFilesMax = 50;

    /// <summary>Shorter ones are too easily another certificate's as well.</summary>
    private const int PrefixDigitsMin = 8;

    /// <summary>A key of 4096 bits takes a small computer some seconds; longer, and another process hangs with the lock.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private readonly PkiLayout _layout;
    private readonly TimeProvider _clock;

    /// <param name="folder">Made when it is not there, as are those in it.</param>
    /// <param name="clock">For the dates in a certificate of ours.</param>
    public PkiStore(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _layout = new PkiLayout(Path.GetFullPath(folder));
        _clock = clock ?? TimeProvider.System;
    }

    public string Folder => _layout.Root;

    /// <summary>Everything that lies there, and what could not be used.</summary>
    public PkiInventory Read() => Guarded(() => new PkiReader(_layout).Read());

    public IReadOnlyList<StoredCertificate> List() => Read().Certificates;

    /// <summary>
    /// Trusts what was only seen until now, and takes back a person's no. Throws <see cref="PkiException"/> with a sentence when there is not
    /// exactly one.
    /// </summary>
    /// <param name="thumbprintPrefix">The first digits of the thumbprint, eight or more.</param>
    public StoredCertificate Trust(string thumbprintPrefix) =>
        ChangingOne(thumbprintPrefix, [CertificatePlace.Rejected, CertificatePlace.Seen, CertificatePlace.Trusted], MakeTrusted);

    /// <summary>Trusts a certificate that came by a safe way of its own, such as from a program of ours on this machine, and takes back a person's no.</summary>
    /// <param name="der">The certificate itself, without key.</param>
    public StoredCertificate Trust(ReadOnlyMemory<byte> der)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der.Span);
        return Changing(() =>
        {
            var file = Path.Combine(_layout.TrustedCertificates, PkiFiles.NameOf(certificate) + ".der");
            PkiFiles.Write(file, der.Span);
            Drop(certificate.Thumbprint, [CertificatePlace.Rejected, CertificatePlace.Seen]);
            return StoredCertificate.Of(certificate, CertificatePlace.Trusted, file);
        });
    }

    /// <summary>
    /// Lets one certificate be met at a host that it does not name; nothing else of it is overridden. One that was seen or rejected is
    /// trusted by that, one that was pinned for a device stays with the device.
    /// </summary>
    /// <param name="thumbprintPrefix">The first digits of the thumbprint, eight or more.</param>
    public StoredCertificate AcceptHost(string thumbprintPrefix, string host)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return ChangingOne(thumbprintPrefix, [CertificatePlace.Rejected, CertificatePlace.Pinned, CertificatePlace.Seen, CertificatePlace.Trusted], found =>
        {
            var trusted = found.Place == CertificatePlace.Pinned ? found : MakeTrusted(found);
            WritePin(new CertificatePin(found.Der, found.ApplicationUri ?? "", found.Device, host));
            return trusted with { Host = host };
        });
    }

    /// <summary>A person's no: the next connection is refused, and commissioning does not go past it either.</summary>
    /// <param name="thumbprintPrefix">The first digits of the thumbprint, eight or more.</param>
    public StoredCertificate Reject(string thumbprintPrefix)
    {
        CertificatePlace[] before = [CertificatePlace.Trusted, CertificatePlace.Issuer, CertificatePlace.Pinned, CertificatePlace.Seen];
        return ChangingOne(thumbprintPrefix, [CertificatePlace.Rejected, .. before], found =>
        {
            var rejected = found.Place == CertificatePlace.Rejected ? found : Move(found, _layout.Rejected, CertificatePlace.Rejected);
            Drop(found.Thumbprint, before);
            return rejected;
        });
    }

    /// <summary>The one certificate of the whole store whose thumbprint begins so.</summary>
    public StoredCertificate Find(string thumbprintPrefix) => Guarded(() => Find(thumbprintPrefix, Enum.GetValues<CertificatePlace>()));

    /// <summary>Keeps what was decided about one certificate; what the device or the host had before is replaced.</summary>
    public void Pin(CertificatePin pin)
    {
        ArgumentNullException.ThrowIfNull(pin);
        if (pin.Device is null && pin.Host is null)
        {
            throw new ArgumentException("A pin is for a device or for a host.", nameof(pin));
        }

        Changing(() =>
        {
            WritePin(pin);
            if (pin.Device is not null)
            {
                using var certificate = X509CertificateLoader.LoadCertificate(pin.Der);
                Drop(certificate.Thumbprint, [CertificatePlace.Seen]);
            }

            return true;
        });
    }

    /// <summary>What is pinned for a device; null when nothing is.</summary>
    public StoredCertificate? PinOf(string device) =>
        Read().In(CertificatePlace.Pinned).FirstOrDefault(pinned => pinned.Device == device);

    /// <summary>The complaint says why it could not be kept; a full disk must not change what is thought of a certificate.</summary>
    internal bool TryKeepSeen(X509Certificate2 certificate, out string complaint)
    {
        complaint = "";
        try
        {
            var file = Path.Combine(_layout.Seen, PkiFiles.NameOf(certificate) + ".der");
            if (File.Exists(file))
            {
                return true;
            }

            _layout.Make();
            PkiFiles.Write(file, certificate.RawDataMemory.Span);
            DropOldSeen();
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            complaint = cause.Message;
            return false;
        }
    }

    private StoredCertificate MakeTrusted(StoredCertificate found)
    {
        var trusted = found.Place == CertificatePlace.Trusted ? found : Move(found, _layout.TrustedCertificates, CertificatePlace.Trusted);
        Drop(found.Thumbprint, [CertificatePlace.Rejected, CertificatePlace.Seen]);
        return trusted;
    }

    /// <summary>What was decided now stands alone.</summary>
    private void Drop(string thumbprint, CertificatePlace[] places)
    {
        foreach (var other in List().Where(other => other.Thumbprint == thumbprint && places.Contains(other.Place)))
        {
            File.Delete(other.File);
        }
    }

    private void DropOldSeen()
    {
        var files = PkiFiles.In(_layout.Seen).Select(file => new FileInfo(file)).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        foreach (var old in files.Skip(SeenFilesMax))
        {
            old.Delete();
        }
    }

    private void WritePin(CertificatePin pin)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(pin.Der);
        var name = pin.Device is { } device ? $"device {PkiFiles.NameOf(device)}" : $"host {PkiFiles.NameOf(pin.Host!)} [{certificate.Thumbprint}]";
        PkiFiles.Write(Path.Combine(_layout.Pins, name + ".json"), pin.ToJson());
    }

    /// <summary>The new file first: cut in between it lies in both, and is what was wanted.</summary>
    private static StoredCertificate Move(StoredCertificate found, string folder, CertificatePlace place)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(found.Der);
        var file = Path.Combine(folder, PkiFiles.NameOf(certificate) + ".der");
        PkiFiles.Write(file, found.Der);
        File.Delete(found.File);
        return StoredCertificate.Of(certificate, place, file);
    }

    private StoredCertificate Find(string thumbprintPrefix, CertificatePlace[] places)
    {
        ArgumentNullException.ThrowIfNull(thumbprintPrefix);
        var prefix = thumbprintPrefix.Replace(" ", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal);
        if (prefix.Length < PrefixDigitsMin || !prefix.All(char.IsAsciiHexDigit))
        {
            throw new PkiUsageException(
                $"\"{PlainText.Of(thumbprintPrefix)}\" is no thumbprint; write its first {PrefixDigitsMin} hexadecimal digits or more, as \"ifedge cert list {_layout.DataOption}\" shows them.");
        }

        var inventory = new PkiReader(_layout).Read();
        var all = inventory.Certificates.Where(certificate => certificate.Thumbprint.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        var found = all.Where(certificate => places.Contains(certificate.Place)).OrderBy(certificate => Array.IndexOf(places, certificate.Place)).ToList();
        return found.Select(certificate => certificate.Thumbprint).Distinct().Count() == 1 ? found[0] : throw NotOne(prefix, found, all);
    }

    private PkiUsageException NotOne(string prefix, List<StoredCertificate> found, List<StoredCertificate> all)
    {
        if (found.Count > 0)
        {
            return new PkiUsageException($"More than one certificate begins with {prefix}: {string.Join(", ", found.Select(one => one.Thumbprint).Distinct())}. Write more digits.");
        }

        if (!Directory.Exists(_layout.Root))
        {
            return new PkiUsageException(
                $"There are no certificates in {Folder}: nothing was ever connected with that data folder. Look whether --data, or \"data\" of the configuration, names the right one.");
        }

        return new PkiUsageException(all.Count > 0
            ? $"The certificate {all[0].Thumbprint} ({all[0].Subject}) is {Word(all[0].Place)}, where this cannot be done; nothing was changed."
            : $"There is no certificate whose thumbprint begins with {prefix}. \"ifedge cert list {_layout.DataOption}\" shows those that there are; a server's is among them after it was connected to once.");
    }

    private static string Word(CertificatePlace place) => place switch
    {
        CertificatePlace.Own => "our own",
        CertificatePlace.Issuer => "an issuer's",
        CertificatePlace.Pinned => "pinned",
        CertificatePlace.Trusted => "trusted",
        CertificatePlace.Seen => "seen",
        _ => "rejected",
    };

    /// <summary>Looked for before anything is made: a mistyped data folder is not to come into being by it.</summary>
    private StoredCertificate ChangingOne(string thumbprintPrefix, CertificatePlace[] places, Func<StoredCertificate, StoredCertificate> change)
    {
        Guarded(() => Find(thumbprintPrefix, places));
        return Changing(() => change(Find(thumbprintPrefix, places)));
    }

    /// <summary>Two at once, this service's links or a verb beside it, would each make a certificate and trust half of them.</summary>
    private T Changing<T>(Func<T> change) => Guarded(() =>
    {
        _layout.Make();
        using var held = Lock();
        return change();
    });

    private FileStream Lock()
    {
        var untilNanos = MonoTime.NowNanos() + (LockTimeout.Ticks * 100);
        using var pause = new ManualResetEventSlim();
        while (MonoTime.NowNanos() < untilNanos)
        {
            if (PkiFiles.TryLock(_layout.LockFile) is { } held)
            {
                return held;
            }

            pause.Wait(LockPause);
        }

        throw new PkiException(string.Create(
            CultureInfo.InvariantCulture,
            $"The certificates in {Folder} have been held by another process for {LockTimeout.TotalSeconds:0} s; nothing was changed. Look which ifedge still runs."));
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException(
                $"The certificates in {Folder} cannot be read or written: {cause.Message} Without them no secured connection is opened. Give this user the right to the folder, or see whether the disk is full.",
                cause);
        }
    }
}
