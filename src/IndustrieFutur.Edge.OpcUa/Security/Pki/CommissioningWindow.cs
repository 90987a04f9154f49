using System.Security.Cryptography.X509Certificates;

namespace IndustrieFutur.Edge.OpcUa.Security.Pki;

/// <summary>
/// Trust on first use, for one server, for a short time, because a person stands beside it: the first certificate that is right but for
/// its trust is pinned for the device, together with its application URI, and the window closes. The window lives in memory alone.
/// </summary>
public sealed class CommissioningWindow
{
    /// <summary>Longer than anybody stands beside a device.</summary>
    public static readonly TimeSpan LengthMax = TimeSpan.FromHours(1);

    private readonly PkiStore _store;
    private readonly TimeProvider _clock;
    private readonly string _device;
    private readonly TimeSpan _length;

    /// <summary>Of the clock that nobody can set back.</summary>
    private readonly long _openedTimestamp;

    /// <summary>0, or 1 once a certificate was pinned.</summary>
    private int _used;

    public CommissioningWindow(PkiStore store, TimeProvider clock, string device, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentException.ThrowIfNullOrEmpty(device);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, LengthMax);
        _store = store;
        _clock = clock;
        _device = device;
        _length = length;
        _openedTimestamp = clock.GetTimestamp();
    }

    public bool IsOpen => Volatile.Read(ref _used) == 0 && _clock.GetElapsedTime(_openedTimestamp) < _length;

    /// <summary>
    /// Checks everything but trust, and pins the certificate when nothing else objects. With <paramref name="acceptHost"/> the certificate
    /// need not name the expected host, and that host is pinned along.
    /// </summary>
    public CertificateVerdict Offer(ReadOnlyMemory<byte> derChain, CertificateExpectations expected, bool acceptHost)
    {
        ArgumentNullException.ThrowIfNull(expected);
        var validator = new CertificateValidator(_store, _clock);
        if (!IsOpen)
        {
            return validator.WindowClosed(derChain, expected);
        }

        var verdict = validator.Check(derChain, expected with { Devices = [_device], IsCommissioning = true, IsHostAccepted = acceptHost });
        if (verdict.IsAccepted)
        {
            if (Interlocked.Exchange(ref _used, 1) != 0)
            {
                return validator.WindowClosed(derChain, expected);
            }

            _store.Pin(new CertificatePin(LeafOf(derChain), expected.ApplicationUri!, _device, acceptHost ? expected.Host : null));
        }

        return verdict;
    }

    private static byte[] LeafOf(ReadOnlyMemory<byte> derChain)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(DerChain.Leaf(derChain.Span));
        return leaf.RawData;
    }
}
