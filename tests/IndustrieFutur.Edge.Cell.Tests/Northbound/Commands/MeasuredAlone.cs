namespace IndustrieFutur.Edge.Cell.Tests.Northbound.Commands;

/// <summary>Tests that weigh the whole process run when no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
