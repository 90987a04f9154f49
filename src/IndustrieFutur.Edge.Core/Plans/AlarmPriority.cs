namespace IndustrieFutur.Edge.Core.Plans;

/// <summary>How soon a person must act on an alarm (ISA-18.2, 6.4: a site has three or four priorities).</summary>
public enum AlarmPriority : byte
{
    Low = 0,
    Medium = 1,
    High = 2,
    Critical = 3,
}
