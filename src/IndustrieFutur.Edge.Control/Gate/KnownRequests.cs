using IndustrieFutur.Edge.Control.Audit;

namespace IndustrieFutur.Edge.Control.Gate;

/// <summary>The answers that were given, or are on their way, by user and id: a resend gets the first one. So many for so long; across restarts by the audit.</summary>
internal sealed class KnownRequests
{
    /// <summary>At the rate that one user is allowed, eight minutes' worth; a resend comes within seconds.</summary>
    private const int RequestsMax = 10_000;

    private readonly Dictionary<(string User, string Id), (string Content, Task<CommandAnswer> Answer)> _known = [];
    private readonly Queue<(string User, string Id)> _order = new();

    /// <summary>The answer of the first request with this id; null: it is the first. With another content the answer is null too, and <paramref name="isOther"/> true.</summary>
    public Task<CommandAnswer>? Find(CommandRequest request, string content, out bool isOther)
    {
        isOther = false;
        if (!_known.TryGetValue(KeyOf(request.Who.Name, request.Id, content), out var known))
        {
            return null;
        }

        isOther = known.Content != content;
        return isOther ? null : known.Answer;
    }

    public void Remember(string user, string id, string content, Task<CommandAnswer> answer)
    {
        var key = KeyOf(user, id, content);
        if (!_known.TryAdd(key, (content, answer)))
        {
            return;
        }

        _order.Enqueue(key);
        if (_order.Count > RequestsMax)
        {
            _known.Remove(_order.Dequeue());
        }
    }

    /// <summary>What an earlier run answered, by its lines in the audit.</summary>
    public void Restore(AuditRecord record)
    {
        if (record is { Id.Length: > 0, Content.Length: > 0, Kind: AuditKind.Refused or AuditKind.Outcome })
        {
            Remember(record.Who, record.Id, record.Content, Task.FromResult(AnswerOf(record)));
        }
    }

    private static CommandAnswer AnswerOf(AuditRecord record) => new()
    {
        Id = record.Id,
        Command = record.Command,
        Outcome = Enum.TryParse<Outcome>(record.Outcome, ignoreCase: true, out var outcome) ? outcome : Outcome.Unknown,
        Rule = record.Rule,
        TextFr = $"Déjà répondu, avant un redémarrage : {record.Text}",
        TextEn = $"Answered before, in an earlier run: {record.Text}",
        AuditSequence = record.Sequence,
        Millis = record.Millis,
        Guards = record.Guards,
    };

    private static (string User, string Id) KeyOf(string user, string id, string content) => (user, content[0] + id);
}
