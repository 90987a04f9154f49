using IndustrieFutur.Edge.Core.Plans;
using IndustrieFutur.Edge.Core.Sampling;
using IndustrieFutur.Edge.Core.Stages.Expressions;

namespace IndustrieFutur.Edge.Core.Stages;

/// <summary>What the stages need to know of one derived signal, flat.</summary>
internal struct DerivedRule
{
    public int Signal;

    /// <summary>Its place among the states, which lie in the order of the plan.</summary>
    public int State;
    public DerivedKind Kind;
    public WindowOf Of;
    public bool Falling;
    public bool HasThreshold;

    /// <summary>How the samples of its one input are to be read.</summary>
    public ValueKind InputKind;

    /// <summary>How its own value is to be written.</summary>
    public ValueKind OwnKind;

    /// <summary>It is looked at again and again, because time alone changes it.</summary>
    public bool UsesTime;
    public double Threshold;
    public double Hysteresis;
    public long OverNanos;
    public int Every;
    public long OnDelayNanos;
    public long OffDelayNanos;
    public ProgramPlace Value;
    public ProgramPlace Reset;

    /// <summary>Its inputs, a stretch of the list of all inputs.</summary>
    public int InputsStart;
    public int InputsEnd;
}
