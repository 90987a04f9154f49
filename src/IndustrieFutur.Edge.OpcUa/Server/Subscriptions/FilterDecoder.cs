using System.Diagnostics.CodeAnalysis;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Subscriptions;

/// <summary>Opens the filter of a monitored item: bytes that are none cost that item, not the request.</summary>
internal static class FilterDecoder
{
    public static bool TryDecode<T>(ExtensionObject filter, [NotNullWhen(true)] out T? decoded)
        where T : IUaStructure<T>
    {
        try
        {
            return filter.TryDecode(out decoded);
        }
        catch (UaDecodingException)
        {
            decoded = default;
            return false;
        }
    }
}
