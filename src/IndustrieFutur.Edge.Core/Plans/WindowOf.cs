namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>What a window keeps of its samples (OPC UA Part 13: Minimum, Maximum, Average, Count, End).</summary>
public enum WindowOf : byte
{
    Min = 0,
    Max = 1,
    Mean = 2,
    Count = 3,
    Last = 4,
}
