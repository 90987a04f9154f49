namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>Where a program lies among the steps and the slots of all.</summary>
/// <param name="start">Its first step.</param>
/// <param name="length">Its steps; 0 for no program.</param>
/// <param name="slots">Its first slot.</param>
internal readonly struct ProgramPlace(int start, int length, int slots)
{
    public readonly int Start = start;
    public readonly int Length = length;
    public readonly int Slots = slots;
}
