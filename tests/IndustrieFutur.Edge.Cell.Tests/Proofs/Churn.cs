namespace IndustrieFutur.Edge.Cell.Tests.Proofs;

/// <summary>Allocates some 50 MB a second and keeps some 30 MB of it alive, as a busy service of the same machine does.</summary>
internal sealed class Churn : IDisposable
{
    private const int Bytes = 50_000;
    private const int Kept = 600;

    private readonly byte[][] _kept = new byte[Kept][];
    private readonly Timer _timer;
    private int _next;

    public Churn() => _timer = new Timer(_ => Allocate(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));

    public void Dispose() => _timer.Dispose();

    private void Allocate()
    {
        for (var i = 0; i < 20; i++)
        {
            _kept[_next++ % Kept] = new byte[Bytes];
        }
    }
}
