namespace IndustrieFutur.Edge.Core.Pacing;

/// <summary>What became of one privilege: asked for or not, granted or not, and the kernel's error number.</summary>
/// <param name="Privilege">Which one.</param>
/// <param name="Asked">The settings want it.</param>
/// <param name="Granted">The kernel gave it.</param>
/// <param name="Errno">Why not (errno(3)); 0 when granted or not asked for.</param>
/// <param name="Argument">The priority or the number of the CPU that was asked for.</param>
public readonly record struct PrivilegeReport(Privilege Privilege, bool Asked, bool Granted, int Errno, int Argument)
{
    /// <summary>As one word of shared memory, where a process that samples leaves it for the one that shows it.</summary>
    public long Pack() => (Asked ? 1L : 0L) | (Granted ? 2L : 0L) | ((long)(ushort)Errno << 16) | ((long)Argument << 32);

    /// <summary>Back from <see cref="Pack"/>; of 0: not asked for.</summary>
    public static PrivilegeReport Unpack(Privilege privilege, long packed) =>
        new(privilege, (packed & 1) != 0, (packed & 2) != 0, (ushort)(packed >> 16), (int)(packed >> 32));
}
