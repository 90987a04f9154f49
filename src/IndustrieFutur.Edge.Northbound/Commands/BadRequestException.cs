namespace IndustrieFutur.Edge.Northbound.Commands;

/// <summary>A request has not the form that is agreed; it says what to mend.</summary>
internal sealed class BadRequestException(string french, string english) : Exception(english)
{
    public RemoteText Text { get; } = new(french, english);
}
