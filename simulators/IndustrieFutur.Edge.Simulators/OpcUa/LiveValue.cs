using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.Simulators.OpcUa;

/// <summary>A variable that follows something of the device: written when that is another than before, and only then.</summary>
/// <param name="variable">The node.</param>
/// <param name="wrap">Makes the node's value of it.</param>
internal sealed class LiveValue<T>(UaVariable variable, Func<T, Variant> wrap)
{
    private T? _shown;
    private bool _isShown;

    public void Show(T value, long utc)
    {
        if (_isShown && EqualityComparer<T>.Default.Equals(value, _shown))
        {
            return;
        }

        (_shown, _isShown) = (value, true);
        variable.Set(wrap(value), utc);
    }
}
