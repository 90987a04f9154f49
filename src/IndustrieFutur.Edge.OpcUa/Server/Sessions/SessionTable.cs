using System.Collections.Concurrent;
using IndustrieFutur.Edge.OpcUa.Types;

namespace IndustrieFutur.Edge.OpcUa.Server.Sessions;

/// <summary>All sessions of a server, by their secret tokens. Takes no session's lock while it holds its own.</summary>
internal sealed class SessionTable(int max)
{
    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<NodeId, ServerSession> _sessions = new();

    public int Count => _sessions.Count;

    public IEnumerable<ServerSession> All => _sessions.Select(pair => pair.Value);

    public ServerSession? Find(NodeId token) => _sessions.GetValueOrDefault(token);

    /// <summary>
    /// False when all places are taken by sessions that were activated. One that was not gives way, the oldest first, and is returned to be
    /// ended: else whoever opens sessions and leaves them keeps everybody out.
    /// </summary>
    public bool TryAdd(ServerSession session, out ServerSession? dropped)
    {
        dropped = null;
        lock (_adding)
        {
            if (_sessions.Count >= max)
            {
                dropped = All.Where(other => !other.IsActivated).MinBy(other => other.CreatedMonoNanos);
                if (dropped is null)
                {
                    return false;
                }

                _sessions.TryRemove(dropped.Token, out _);
            }

            return _sessions.TryAdd(session.Token, session);
        }
    }

    public void Remove(ServerSession session) => _sessions.TryRemove(session.Token, out _);
}
