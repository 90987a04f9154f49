using IndustrieFutur.Edge.Control;

namespace IndustrieFutur.Edge.App.Http;

/// <summary>The requests of the last while by user and id, for who lost the connection before the answer came.</summary>
internal sealed class CommandRuns
{
    /// <summary>A person gives a command every few seconds: half an hour of them.</summary>
    private const int RunsMax = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string User, string Id), Task<CommandAnswer>> _runs = [];
    private readonly Queue<(string User, string Id)> _order = [];

    public void Add(string user, string id, Task<CommandAnswer> run)
    {
        lock (_gate)
        {
            if (!_runs.ContainsKey((user, id)))
            {
                _order.Enqueue((user, id));
            }

            _runs[(user, id)] = run;
            while (_order.Count > RunsMax)
            {
                _runs.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Null: this user asked nothing under this id, or long ago.</summary>
    public Task<CommandAnswer>? Find(string user, string id)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault((user, id));
        }
    }
}
