using System.Text.Json;

namespace IndustrieFutur.Edge.Northbound.Sparkplug;

/// <summary>Whether the primary host application is there, by its STATE messages (Sparkplug 3.0, tck-id-message-flow-edge-node-birth-publish-phid-wait and its neighbours). For one thread, or under its owner's lock.</summary>
internal sealed class PrimaryHost(string? id)
{
    /// <summary>A host has a STATE, and a clock's time of it, at each server by itself: an offline at one says nothing of an online told earlier at another.</summary>
    private readonly Dictionary<string, ulong> _heardUtcMillis = [];
    private string _server = "";
    private bool _online;

    /// <summary>Births may go out: it is online, or nobody is waited for.</summary>
    public bool IsOnline => id is null || _online;

    /// <summary>A new MQTT session hears its state anew; a word older than the last one of the same server stays an old one.</summary>
    public void Forget(string server) => (_online, _server) = (false, server);

    public HostWord Hear(ReadOnlySpan<byte> payload)
    {
        if (!TryRead(payload, out var online, out var utcMillis))
        {
            return HostWord.Unreadable;
        }

        if (_heardUtcMillis.TryGetValue(_server, out var last) && utcMillis < last)
        {
            return HostWord.Old;
        }

        (_heardUtcMillis[_server], _online) = (utcMillis, online);
        return online ? HostWord.Online : HostWord.Offline;
    }

    private static bool TryRead(ReadOnlySpan<byte> payload, out bool online, out ulong utcMillis)
    {
        (online, utcMillis) = (false, 0);
        try
        {
            var reader = new Utf8JsonReader(payload);
            return JsonDocument.TryParseValue(ref reader, out var document) && TryRead(document, out online, out utcMillis);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryRead(JsonDocument document, out bool online, out ulong utcMillis)
    {
        using (document)
        {
            (online, utcMillis) = (false, 0);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("online", out var state) || state.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
                || !root.TryGetProperty("timestamp", out var time) || time.ValueKind != JsonValueKind.Number)
            {
                return false;
            }

            online = state.ValueKind == JsonValueKind.True;
            return time.TryGetUInt64(out utcMillis);
        }
    }
}
