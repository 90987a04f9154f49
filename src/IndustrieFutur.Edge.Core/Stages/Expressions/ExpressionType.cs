namespace IndustrieFutur.Edge.Core.Stages.Expressions;

/// <summary>What a part of an expression is.</summary>
internal enum ExpressionType
{
    /// <summary>Already told as a mistake elsewhere: fits everything, so that one mistake is told once.</summary>
    Unknown,
    Number,
    Boolean,
}
