using IndustrieFutur.Edge.Protocols.Links;

namespace IndustrieFutur.Edge.Protocols.Serial;

/// <summary>Opens serial ports, for one user at a time, with the code that suits the machine.</summary>
public static class SerialLinks
{
    /// <summary>Opens the port exclusively. Throws <see cref="LinkBrokenException"/> in plain words when it cannot be had.</summary>
    public static IByteLink Open(
        SerialSettings settings, SerialImplementation implementation = SerialImplementation.Auto, Rs485Settings? rs485 = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentException.ThrowIfNullOrEmpty(settings.Port);
        var posix = implementation == SerialImplementation.Posix
            || (implementation == SerialImplementation.Auto && OperatingSystem.IsLinux());
        if (posix && !OperatingSystem.IsLinux())
        {
            throw new LinkBrokenException(
                $"{settings.Port}: the posix implementation needs Linux. Write \"implementation\": \"auto\" or \"portable\".");
        }

        return posix ? new PosixSerialLink(settings, rs485) : new PortableSerialLink(settings, rs485);
    }
}
