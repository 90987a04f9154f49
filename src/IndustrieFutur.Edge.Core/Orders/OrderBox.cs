using System.Text;
using System.Text.Unicode;
using IndustrieFutur.Edge.Core.Pacing;
using IndustrieFutur.Edge.Core.Sampling;

namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>
/// The inbox of a link: a slot for each device behind it, so that a device has one order at a time. In memory that is given, so the gate
/// and the link may be two processes; when either dies the slot says how far the order had come.
/// </summary>
public sealed unsafe class OrderBox
{
    private readonly OrderSlot* _slots;

    /// <param name="memory">Where the slots live; zeroed memory is an empty box.</param>
    /// <param name="devices">Devices behind the link.</param>
    public OrderBox(HotMemory memory, int devices)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(devices);
        Count = devices;
        _slots = (OrderSlot*)memory.Take((long)devices * sizeof(OrderSlot));
    }

    public int Count { get; }

    public static long BytesNeeded(int devices) => HotMemory.Padded((long)devices * sizeof(OrderSlot));

    /// <summary>Something waits for the link's thread. Costs a read for each device.</summary>
    public bool HasPosted
    {
        get
        {
            for (var slot = 0; slot < Count; slot++)
            {
                if (StateOf(slot) == OrderState.Posted)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>For the gate: an order is with the driver, or has come back and was not collected.</summary>
    internal bool IsBusy(int slot) => StateOf(slot) != OrderState.Empty;

    /// <summary>For the gate: the number of the order in a slot; 0 when it is empty.</summary>
    internal long IdIn(int slot) => IsBusy(slot) ? _slots[slot].Id : 0;

    /// <summary>For the gate: gives an order to the link. False: the device has one already.</summary>
    internal bool TryPost(int slot, Order order)
    {
        var place = _slots + slot;
        if (StateOf(slot) != OrderState.Empty)
        {
            return false;
        }

        place->Id = order.Id;
        place->Command = order.Command;
        place->Count = order.Count;
        for (var i = 0; i < OrderSlot.ValuesMax; i++)
        {
            place->Values[i] = order.Values[i];
        }

        place->PostedMonoNanos = order.PostedMonoNanos;
        place->ExpiresMonoNanos = order.ExpiresMonoNanos;
        place->Generation = order.Generation;
        place->Safety = order.Safety;
        (place->TakenMonoNanos, place->AnsweredMonoNanos, place->TextLength) = (0, 0, 0);
        (place->Verdict, place->Cause, place->Detail, place->Code) = (0, 0, 0, 0);
        Volatile.Write(ref place->State, (int)OrderState.Posted);
        return true;
    }

    /// <summary>For the gate: takes an order back. True: the link had not come to it, and never will.</summary>
    internal bool TryWithdraw(int slot) => TryTurn(slot, OrderState.Posted, OrderState.Empty);

    /// <summary>For the gate: what has come back; the slot is empty then. False: nothing has.</summary>
    internal bool TryCollect(int slot, out OrderReport report)
    {
        report = default;
        if (StateOf(slot) != OrderState.Answered)
        {
            return false;
        }

        var place = _slots + slot;
        var length = Math.Clamp(place->TextLength, 0, OrderSlot.TextBytes);
        report = new OrderReport(
            place->Id,
            (OrderVerdict)place->Verdict,
            (OrderCause)place->Cause,
            place->Detail,
            place->Code,
            Encoding.UTF8.GetString(place->Text, length),
            place->TakenMonoNanos,
            place->AnsweredMonoNanos);
        Volatile.Write(ref place->State, (int)OrderState.Empty);
        return true;
    }

    /// <summary>For the link's thread: which command waits in a slot, and until when; false when none does.</summary>
    internal bool IsPosted(int slot, out int command, out long expiresMonoNanos)
    {
        var place = _slots + slot;
        var isPosted = StateOf(slot) == OrderState.Posted;
        (command, expiresMonoNanos) = (place->Command, place->ExpiresMonoNanos);
        return isPosted;
    }

    /// <summary>For the link's thread: takes what waits in a slot. From then on only this thread can say what became of it.</summary>
    internal bool TryTake(int slot, Order order)
    {
        if (!TryTurn(slot, OrderState.Posted, OrderState.Taken))
        {
            return false;
        }

        var place = _slots + slot;
        place->TakenMonoNanos = MonoClock.NowNanos();
        order.Id = place->Id;
        order.Command = place->Command;
        order.Count = Math.Clamp(place->Count, 0, OrderSlot.ValuesMax);
        for (var i = 0; i < OrderSlot.ValuesMax; i++)
        {
            order.Values[i] = place->Values[i];
        }

        order.PostedMonoNanos = place->PostedMonoNanos;
        order.ExpiresMonoNanos = place->ExpiresMonoNanos;
        order.Generation = place->Generation;
        order.Safety = place->Safety;
        return true;
    }

    /// <summary>For the link's thread: says what became of the order that it took from a slot.</summary>
    internal void Answer(int slot, in OrderAnswer answer, OrderCause cause = OrderCause.None, int detail = 0)
    {
        var place = _slots + slot;
        _ = Utf8.FromUtf16(answer.Text, new Span<byte>(place->Text, OrderSlot.TextBytes), out _, out place->TextLength);
        place->Verdict = (int)answer.Verdict;
        place->Cause = (int)cause;
        place->Detail = detail;
        place->Code = answer.Code;
        place->AnsweredMonoNanos = MonoClock.NowNanos();
        Volatile.Write(ref place->State, (int)OrderState.Answered);
    }

    /// <summary>
    /// For a link's thread that takes over from one whose process was killed: what that one had taken may have been sent, and nobody knows.
    /// </summary>
    internal void TakeOver()
    {
        for (var slot = 0; slot < Count; slot++)
        {
            if (StateOf(slot) == OrderState.Taken)
            {
                Answer(slot, OrderAnswer.Unanswered("the process that had the link ended while the order was with it"));
            }
        }
    }

    private OrderState StateOf(int slot) => (OrderState)Volatile.Read(ref _slots[slot].State);

    private bool TryTurn(int slot, OrderState from, OrderState to) =>
        Interlocked.CompareExchange(ref _slots[slot].State, (int)to, (int)from) == (int)from;
}
