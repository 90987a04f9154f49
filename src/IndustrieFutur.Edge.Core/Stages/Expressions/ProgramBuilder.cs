namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>Collects the steps of a program while its expression is read, and knows how deep its stack gets.</summary>
internal sealed class ProgramBuilder
{
    private readonly List<StageOp> _ops = [];
    private readonly List<int> _signals = [];
    private int _depth;
    private int _depthMax;
    private int _slots;
    private bool _usesTime;

    public bool IsTooLong => _ops.Count > StageProgram.OpsMax;

    public bool HasSignals => _signals.Count > 0;

    public void Constant(double number) => Push(new StageOp(StageOpCode.Constant, number: number));

    /// <summary>A step that reads a signal.</summary>
    public void Read(StageOpCode code, ExpressionSignal signal, double number = 0)
    {
        if (!_signals.Contains(signal.Index))
        {
            _signals.Add(signal.Index);
        }

        _usesTime |= code == StageOpCode.Age;
        Push(new StageOp(code, signal.Index, number, signal.Kind));
    }

    /// <summary>A step that takes so many values and leaves one.</summary>
    public void Take(StageOpCode code, int values)
    {
        var slot = code is StageOpCode.Previous or StageOpCode.Hysteresis ? _slots++ : 0;
        _ops.Add(new StageOp(code, slot));
        _depth -= values - 1;
    }

    /// <summary>The number that the step before the last ones left, when it is written as one.</summary>
    public double? ConstantBefore(int steps) =>
        _ops.Count > steps && _ops[^(steps + 1)] is { Code: StageOpCode.Constant } op ? op.Number : null;

    public StageProgram Build(bool isBoolean) => new([.. _ops], _depthMax, _slots, isBoolean, _usesTime, [.. _signals]);

    private void Push(StageOp op)
    {
        _ops.Add(op);
        _depth++;
        _depthMax = Math.Max(_depthMax, _depth);
    }
}
