namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>Requests by user and id, so that a resend gets the first answer and nothing is done twice. Not for several threads.</summary>
internal sealed class KnownRequests
{
    /// <summary>A day of a busy cell; what is forgotten has expired long before.</summary>
    public const int RequestsMax = 10_000;

    private readonly Dictionary<(string User, string Id), (string Content, Task<CommandAnswer> Answer)> _known = [];
    private readonly Queue<(string User, string Id)> _oldest = new();

    public bool TryFind(string user, string id, out string content, out Task<CommandAnswer> answer)
    {
        var found = _known.TryGetValue((user, id), out var known);
        (content, answer) = (known.Content, known.Answer);
        return found;
    }

    /// <summary>The first one stays: a later one with the same id is no new request.</summary>
    public void Add(string user, string id, string content, Task<CommandAnswer> answer)
    {
        if (!_known.TryAdd((user, id), (content, answer)))
        {
            return;
        }

        _oldest.Enqueue((user, id));
        if (_oldest.Count > RequestsMax)
        {
            _known.Remove(_oldest.Dequeue());
        }
    }
}
