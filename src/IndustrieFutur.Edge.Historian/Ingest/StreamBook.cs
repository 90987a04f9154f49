using IndustrieFutur.Edge.Historian.Stores;
using IndustrieFutur.Edge.Protocols.Telemetry;

namespace IndustrieFutur.Edge.Historian.Ingest;

/// <summary>All streams that a historian follows, each with the numberings it has had lately; the last one is the current.</summary>
internal sealed class StreamBook(TimeProvider clock)
{
    /// <summary>A hundred cells of forty devices; each costs some kilobytes.</summary>
    public const int StreamsMax = 4_096;

    /// <summary>A numbering is lost by accident; messages of the last ones may still be on their way.</summary>
    private const int EpochsMax = 4;

    private readonly Dictionary<StreamKey, List<StreamState>> _streams = [];

    public int Count => _streams.Count;

    /// <summary>Every stream under its current numbering.</summary>
    public IEnumerable<StreamState> Current => _streams.Values.Select(states => states[^1]);

    /// <summary>Takes over what the store knew, the oldest first.</summary>
    public void Load(IEnumerable<StreamMark> marks)
    {
        foreach (var mark in marks)
        {
            Append(mark.Stream, new StreamState(mark.Stream, mark.Epoch, clock, mark.Stored));
        }
    }

    /// <summary>The state that a message's numbers belong to; a numbering never seen before becomes the current one. Null: no room.</summary>
    public StreamState? ForTelemetry(StreamKey stream, ulong epoch, out bool isNewEpoch)
    {
        isNewEpoch = false;
        if (_streams.TryGetValue(stream, out var states))
        {
            foreach (var state in states)
            {
                if (state.Epoch == epoch)
                {
                    return state;
                }
            }

            isNewEpoch = true;
        }

        return states is null && _streams.Count >= StreamsMax ? null : Append(stream, new StreamState(stream, epoch, clock));
    }

    /// <summary>The state that a head speaks of; the edge's own word makes it the current one. Null: no room.</summary>
    public StreamState? ForHead(StreamKey stream, ulong epoch, out bool isNewEpoch)
    {
        var state = ForTelemetry(stream, epoch, out isNewEpoch);
        if (state is not null && _streams[stream] is var states && states[^1] != state)
        {
            states.Remove(state);
            states.Add(state);
        }

        return state;
    }

    /// <summary>Replaces what is known of a numbering that its edge contradicts. What is still on its way into the store counts for the old state.</summary>
    public StreamState BeginAgain(StreamState state, ulong upTo)
    {
        var stored = new Watermark();
        if (upTo > 0)
        {
            stored.Add(new SequenceRange(1, upTo), 0);
        }

        var states = _streams[state.Key];
        return states[states.IndexOf(state)] = new StreamState(state.Key, state.Epoch, clock, stored);
    }

    /// <summary>The watermarks of all streams of one edge, as they are published.</summary>
    public StoredMessage StoredOf(string group, string edge) => new([.. Current
        .Where(state => state.Key.Group == group && state.Key.Edge == edge)
        .OrderBy(state => state.Key.Device, StringComparer.Ordinal)
        .Select(state => state.Stored.ToStored(state.Key.Device, state.Epoch))]);

    private StreamState Append(StreamKey stream, StreamState state)
    {
        if (!_streams.TryGetValue(stream, out var states))
        {
            _streams[stream] = states = [];
        }

        states.Add(state);
        if (states.Count > EpochsMax)
        {
            states.RemoveAt(0);
        }

        return state;
    }
}
