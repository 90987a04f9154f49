namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>The kinds of words an expression is made of.</summary>
internal enum TokenKind
{
    End,
    Number,

    /// <summary>A function, or a word such as "and".</summary>
    Word,

    /// <summary>device/signal.</summary>
    Signal,
    Symbol,
    Wrong,
}
