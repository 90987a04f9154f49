using System.IO.MemoryMappedFiles;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Drivers.Running;

/// <summary>A file that is mapped whole: the same memory for every process that maps it. The file stays when this is disposed.</summary>
public sealed unsafe class MappedBlock : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <exception cref="IOException">The file is not there, or is another user's.</exception>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    public MappedBlock(string file)
    {
        SharedFile.Demand(file);
        var bytes = new FileInfo(file).Length;
        _file = MemoryMappedFile.CreateFromFile(file, FileMode.Open, null, 0, MemoryMappedFileAccess.ReadWrite);
        _view = _file.CreateViewAccessor(0, bytes, MemoryMappedFileAccess.ReadWrite);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Memory = new HotMemory(start, bytes);
    }

    public HotMemory Memory { get; }

    public void Dispose()
    {
        Memory.Dispose();
        _view.SafeMemoryMappedViewHandle.ReleasePointer();

        // Unmapped without a flush: there is nothing behind the memory, and the kernel refuses it where memory is locked (EBUSY).
        _view.SafeMemoryMappedViewHandle.Dispose();
        _view.Dispose();
        _file.Dispose();
    }
}
