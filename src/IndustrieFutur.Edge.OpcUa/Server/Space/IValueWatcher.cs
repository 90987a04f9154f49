using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Space;

/// <summary>Wants to know of each Set of a variable: a monitored item with sampling interval 0.</summary>
public interface IValueWatcher
{
    /// <summary>
    /// On the thread that sets, in the order of the Sets. It must be quick, and must not set this variable. Once more may come after Unwatch.
    /// </summary>
    void Changed(UaVariable variable, DataValue value);
}
