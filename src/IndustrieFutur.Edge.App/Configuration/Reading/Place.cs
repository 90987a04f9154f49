using System.Globalization;

namespace IndustrieFutur.Edge.App.Configuration.Reading;

/// <summary>Where a word of the configuration stands, so that a mistake can be found: file, line and column, or an environment variable.</summary>
/// <param name="Source">The file, or "environment variable NAME".</param>
/// <param name="Order">Mistakes are listed in this order of sources: the file, then its conf.d, then the environment.</param>
/// <param name="Line">From 1; 0 when the source has no lines.</param>
/// <param name="Column">From 1, in characters.</param>
internal readonly record struct Place(string Source, int Order, int Line, int Column) : IComparable<Place>
{
    /// <summary>Environment variables come after every file.</summary>
    private const int EnvironmentOrder = int.MaxValue;

    public bool IsEnvironment => Order == EnvironmentOrder;

    public static Place Environment(string variable) => new($"environment variable {variable}", EnvironmentOrder, 0, 0);

    public int CompareTo(Place other) =>
        (Order, Line, Column).CompareTo((other.Order, other.Line, other.Column)) is var order and not 0
            ? order
            : string.CompareOrdinal(Source, other.Source);

    public override string ToString() =>
        Line == 0 ? Source : string.Create(CultureInfo.InvariantCulture, $"{Source}:{Line}:{Column}");
}
