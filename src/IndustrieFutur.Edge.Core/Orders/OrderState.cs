namespace IndustrieFutur.Edge.Core.Orders;

/// <summary>Whose turn it is with an order's slot. Control fills and empties it, the link's thread takes and answers; each turn is one exchange of this word.</summary>
internal enum OrderState
{
    Empty = 0,
    Posted = 1,
    Taken = 2,
    Answered = 3,
}
