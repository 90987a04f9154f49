using IndustrieFutur.Edge.OpcUa.Server.Space;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>How often an attribute is looked at, as revised from what a client asks (OPC UA Part 4, 5.12.1.2).</summary>
internal static class SamplingInterval
{
    /// <summary>A client that wants more gets every Set of the variable, with interval 0.</summary>
    private const double MillisMin = 10;

    /// <summary>Names and types hardly ever change.</summary>
    private const double MillisMinOfOtherAttributes = 500;

    private const double MillisMax = 3_600_000;

    /// <summary>In milliseconds; 0 = each Set is told by the variable itself.</summary>
    public static double Revise(double requestedMillis, double publishingMillis, UaNode node, uint attributeId)
    {
        // Less than 0, and what is no number, means: as often as it is published.
        var wanted = requestedMillis >= 0 ? requestedMillis : publishingMillis;
        if (attributeId != AttributeIds.Value || node is not UaVariable variable)
        {
            return Math.Clamp(wanted, MillisMinOfOtherAttributes, MillisMax);
        }

        var shortest = variable.MinimumSamplingInterval > 0 ? variable.MinimumSamplingInterval : 0;
        return wanted == 0 && shortest == 0 && variable.ReadHandler is null
            ? 0
            : Math.Clamp(wanted, Math.Clamp(shortest, MillisMin, MillisMax), MillisMax);
    }
}
