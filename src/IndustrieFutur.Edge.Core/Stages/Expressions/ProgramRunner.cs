using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>
/// Runs compiled expressions: a loop over flat steps, on a stack made at start-up. Every value carries its quality; what goes in
/// Bad makes Bad what comes out, and what is no number (a division by zero, a root of less than zero) is Bad from there on.
/// </summary>
[HotPath]
internal sealed unsafe class ProgramRunner
{
    private readonly StageOp[] _ops;
    private readonly SignalState* _signals;
    private readonly StageSlot* _slots;
    private readonly double[] _values;
    private readonly uint[] _statuses;

    /// <param name="ops">The steps of all programs, one behind the other.</param>
    /// <param name="signals">What is known of every signal.</param>
    /// <param name="slots">What the programs remember.</param>
    /// <param name="depth">The deepest stack of any program.</param>
    public ProgramRunner(StageOp[] ops, SignalState* signals, StageSlot* slots, int depth)
    {
        _ops = ops;
        _signals = signals;
        _slots = slots;
        _values = new double[Math.Max(1, depth)];
        _statuses = new uint[Math.Max(1, depth)];
    }

    /// <summary>The value of a program, true as 1; its quality is the worst of what went into it.</summary>
    public double Run(in ProgramPlace program, long monoNow, out uint status)
    {
        var top = -1;
        for (var i = program.Start; i < program.Start + program.Length; i++)
        {
            ref readonly var op = ref _ops[i];
            if (op.Code <= StageOpCode.Age)
            {
                top++;
                Read(op, top, monoNow);
            }
            else if (op.Code <= StageOpCode.Previous)
            {
                Change(op, top, program.Slots);
            }
            else if (op.Code <= StageOpCode.Max)
            {
                top--;
                Join(op.Code, top);
            }
            else
            {
                top -= 2;
                Three(op, top, program.Slots);
            }
        }

        status = _statuses[0];
        return StatusCode.IsBad(status) ? 0 : _values[0];
    }

    private void Read(in StageOp op, int top, long monoNow)
    {
        _statuses[top] = StatusCode.Good;
        if (op.Code == StageOpCode.Constant)
        {
            _values[top] = op.Number;
            return;
        }

        ref var signal = ref _signals[op.Operand];
        if (op.Code == StageOpCode.Good)
        {
            _values[top] = signal.HasValue && StatusCode.IsGood(signal.LastStatus) ? 1 : 0;
            return;
        }

        _statuses[top] = !signal.HasValue ? StatusCode.BadWaitingForInitialData : op.Code == StageOpCode.Age ? StatusCode.Good : signal.LastStatus;
        _values[top] = op.Code switch
        {
            StageOpCode.Age => Math.Max(0, monoNow - signal.LastArrivalMono) / 1e9,
            StageOpCode.Bit => (signal.LastBits >> (int)op.Number) & 1,
            _ => StagePipeline.Number(op.Kind, signal.LastBits),
        };
    }

    private void Change(in StageOp op, int top, int slots)
    {
        var value = _values[top];
        switch (op.Code)
        {
            case StageOpCode.Negate:
                _values[top] = -value;
                break;
            case StageOpCode.Not:
                _values[top] = 1 - value;
                break;
            case StageOpCode.Abs:
                _values[top] = Math.Abs(value);
                break;
            case StageOpCode.Round:
                _values[top] = Math.Round(value, MidpointRounding.AwayFromZero);
                break;
            case StageOpCode.Floor:
                _values[top] = Math.Floor(value);
                break;
            case StageOpCode.Ceiling:
                _values[top] = Math.Ceiling(value);
                break;
            case StageOpCode.SquareRoot:
                Put(top, Math.Sqrt(value));
                break;
            default:
                Exchange(ref _slots[slots + op.Operand], top);
                break;
        }
    }

    /// <summary>At the first evaluation nothing was before: then it was as it is.</summary>
    private void Exchange(ref StageSlot slot, int top)
    {
        var (value, status) = (_values[top], _statuses[top]);
        if (slot.IsSet)
        {
            _values[top] = slot.Value;
            _statuses[top] = slot.Status;
        }

        slot.Value = value;
        slot.Status = status;
        slot.IsSet = true;
    }

    private void Join(StageOpCode code, int top)
    {
        var (a, b) = (_values[top], _values[top + 1]);
        _statuses[top] = StatusCode.Worse(_statuses[top], _statuses[top + 1]);
        switch (code)
        {
            case StageOpCode.Add:
                Put(top, a + b);
                break;
            case StageOpCode.Subtract:
                Put(top, a - b);
                break;
            case StageOpCode.Multiply:
                Put(top, a * b);
                break;
            case StageOpCode.Divide:
                Put(top, a / b);
                break;
            case StageOpCode.Remainder:
                Put(top, a % b);
                break;
            case StageOpCode.Min:
                _values[top] = Math.Min(a, b);
                break;
            case StageOpCode.Max:
                _values[top] = Math.Max(a, b);
                break;
            default:
                _values[top] = Holds(code, a, b) ? 1 : 0;
                break;
        }
    }

    private static bool Holds(StageOpCode code, double a, double b) => code switch
    {
        StageOpCode.Less => a < b,
        StageOpCode.LessOrEqual => a <= b,
        StageOpCode.Greater => a > b,
        StageOpCode.GreaterOrEqual => a >= b,
        StageOpCode.Equal => a == b,
        StageOpCode.NotEqual => a != b,
        StageOpCode.And => a != 0 && b != 0,
        _ => a != 0 || b != 0,
    };

    private void Three(in StageOp op, int top, int slots)
    {
        if (op.Code == StageOpCode.Choose)
        {
            var chosen = top + (_values[top] != 0 ? 1 : 2);
            _values[top] = _values[chosen];
            _statuses[top] = StatusCode.Worse(_statuses[top], _statuses[chosen]);
            return;
        }

        var status = StatusCode.Worse(_statuses[top], StatusCode.Worse(_statuses[top + 1], _statuses[top + 2]));
        ref var slot = ref _slots[slots + op.Operand];
        if (!StatusCode.IsBad(status))
        {
            slot.Value = _values[top] >= _values[top + 2] ? 1 : _values[top] <= _values[top + 1] ? 0 : slot.Value;
        }

        _values[top] = slot.Value;
        _statuses[top] = status;
    }

    private void Put(int top, double value)
    {
        _values[top] = value;
        if (!double.IsFinite(value))
        {
            _values[top] = 0;
            _statuses[top] = StatusCode.Worse(_statuses[top], StatusCode.BadOutOfRange);
        }
    }
}
