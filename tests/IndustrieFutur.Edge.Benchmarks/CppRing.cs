using System.Diagnostics;
using System.Runtime.InteropServices;
using IndustrieFutur.Edge.Cell.Tests.Proofs;

namespace IndustrieFutur.Edge.Benchmarks;

/// <summary>The ring in C++ that ours is held against, compiled for this machine by its own g++.</summary>
internal sealed unsafe class CppRing : IRingRunner, IDisposable
{
    private static readonly Lazy<nint> Library = new(Build);

    private readonly delegate* unmanaged<void*, long, long, int> _write;
    private readonly delegate* unmanaged<void*, long, long, int> _read;
    private readonly delegate* unmanaged<void*, void> _free;
    private readonly void* _ring;

    public CppRing(int capacity)
    {
        _write = (delegate* unmanaged<void*, long, long, int>)NativeLibrary.GetExport(Library.Value, "spsc_write");
        _read = (delegate* unmanaged<void*, long, long, int>)NativeLibrary.GetExport(Library.Value, "spsc_read");
        _free = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(Library.Value, "spsc_free");
        _ring = ((delegate* unmanaged<long, void*>)NativeLibrary.GetExport(Library.Value, "spsc_make"))(capacity);
    }

    public bool Write(long first, int count) => _write(_ring, first, count) == 1;

    public bool Read(long first, int count) => _read(_ring, first, count) == 1;

    public void Dispose() => _free(_ring);

    private static nint Build()
    {
        var source = Path.Combine(Peers.Repository(), "tests", "IndustrieFutur.Edge.Benchmarks", "Native", "spsc_ring.cpp");
        var library = Path.Combine(AppContext.BaseDirectory, "libspsc_ring.so");
        var start = new ProcessStartInfo(
            "bash", ["-c", "exec g++ -O3 -march=native -DNDEBUG -std=c++17 -Wall -Wextra -Werror -shared -fPIC -o \"$1\" \"$0\"", source, library])
        { RedirectStandardError = true };
        using var build = Process.Start(start)!;
        var said = build.StandardError.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0
            ? NativeLibrary.Load(library)
            : throw new InvalidOperationException($"The ring in C++ cannot be built (apt-get install g++): {said}");
    }
}
