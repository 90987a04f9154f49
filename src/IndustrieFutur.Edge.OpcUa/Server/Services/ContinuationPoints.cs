using System.Security.Cryptography;
using IndustrieFutur.Edge.OpcUa.Types.Generated;

namespace IndustrieFutur.Edge.OpcUa.Server.Services;

/// <summary>What a session has still to fetch of its browses (OPC UA Part 4, 7.9): the point used longest ago gives way to a new one of a later request.</summary>
internal sealed class ContinuationPoints(int max)
{
    private const int IdBytes = 8;

    /// <summary>The oldest first; under the session's lock.</summary>
    private readonly List<(byte[] Id, long Request, ReferenceDescription[] Left, int ReferencesMax)> _points = [];
    private long _request;

    public int Count => _points.Count;

    /// <summary>Points that are added from now on do not push each other out.</summary>
    public void BeginRequest() => _request++;

    /// <summary>Null when all places are taken by this very request.</summary>
    public byte[]? Add(ReferenceDescription[] rest, int referencesMax)
    {
        if (_points.Count == max)
        {
            if (max == 0 || _points[0].Request == _request)
            {
                return null;
            }

            _points.RemoveAt(0);
        }

        var id = RandomNumberGenerator.GetBytes(IdBytes);
        _points.Add((id, _request, rest, referencesMax));
        return id;
    }

    /// <summary>Takes a point out; each is used once.</summary>
    public bool TryTake(byte[]? id, out ReferenceDescription[] rest, out int referencesMax)
    {
        var index = _points.FindIndex(point => point.Id.AsSpan().SequenceEqual(id));
        (rest, referencesMax) = index < 0 ? ([], 0) : (_points[index].Left, _points[index].ReferencesMax);
        if (index >= 0)
        {
            _points.RemoveAt(index);
        }

        return index >= 0;
    }
}
