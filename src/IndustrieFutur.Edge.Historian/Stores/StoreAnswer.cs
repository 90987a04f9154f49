namespace IndustrieFutur.Edge.Historian.Stores;

/// <summary>What a store answered over HTTP.</summary>
internal sealed record StoreAnswer(int Status, string Text, TimeSpan? RetryAfter)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The answer in one line of bearable length, for a log.</summary>
    public string Brief
    {
        get
        {
            var line = Text.ReplaceLineEndings(" ").Trim();
            return line.Length <= 300 ? line : line[..300] + "...";
        }
    }
}
