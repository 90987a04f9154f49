namespace IndustrieFutur.Edge.App.Bench;

/// <summary>Keeps every CPU busy with normal priority until it is disposed: arithmetic, and memory beyond the caches' ease.</summary>
internal sealed class BenchLoad : IDisposable
{
    private const int Words = 1 << 19;

    private readonly Thread[] _threads;
    private volatile bool _stopping;
    private long _sink;

    public BenchLoad(int threads)
    {
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(Work) { Name = "load", IsBackground = true })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    public void Dispose()
    {
        _stopping = true;
        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Work()
    {
        var words = new long[Words];
        var seed = 88_172_645_463_325_252L;
        while (!_stopping)
        {
            for (var i = 0; i < 10_000; i++)
            {
                // Marsaglia's xorshift: cheap, and nothing that the compiler can leave out.
                seed ^= seed << 13;
                seed ^= (long)((ulong)seed >> 7);
                seed ^= seed << 17;
                words[seed & (Words - 1)] += seed;
            }
        }

        Interlocked.Add(ref _sink, words[0]);
    }
}
